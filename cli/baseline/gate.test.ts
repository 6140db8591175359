import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { withFailures } from "../../testing/records/sample.ts";
import { openGate, applyGate } from "./gate.ts";

async function someFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "hangup-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "known.json");
}

async function updating(file: string) {
  vi.stubEnv("CI", "");
  onTestFinished(() => void vi.unstubAllEnvs());
  return openGate({ baseline: file, updateBaseline: true });
}

test("what is brought up to date is written once the record is safe, and not before", async () => {
  const file = await someFile();
  const { record, save } = applyGate(withFailures(), await updating(file));
  expect(record.baseline?.worse).toEqual([]);
  await expect(readFile(file)).rejects.toThrow("ENOENT");
  await save();
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ entries: expect.any(Array) as unknown });
});

test("an interrupted run changes no baseline, since it has not asked everything", async () => {
  const file = await someFile();
  const before = '{ "schemaVersion": 1, "entries": [] }';
  await writeFile(file, before);
  const { record, save } = applyGate({ ...withFailures(), exitCode: 130 }, await updating(file));
  await save();
  expect(await readFile(file, "utf8")).toBe(before);
  expect(record.exitCode).toBe(130);
  expect(record.baseline?.worse).not.toEqual([]);
});
