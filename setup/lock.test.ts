import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { put, startNode, temporaryFolder } from "../testing/setup/clone.ts";

const lockModule = pathToFileURL(join(import.meta.dirname, "lock.js")).href;

/** Starts a process that takes the lock, notes "<", works for 20 ms and notes ">". */
function contender(folder: string) {
  const source = `
    import { appendFileSync } from "node:fs";
    import { takeLock } from ${JSON.stringify(lockModule)};
    await takeLock(${JSON.stringify(join(folder, ".lock"))});
    const note = (text) => appendFileSync(${JSON.stringify(join(folder, "log"))}, text);
    note("<");
    setTimeout(() => note(">"), 20);`;
  return startNode(["--input-type=module", "-e", source]);
}

test.each([
  ["no lock", []],
  ["an empty lock", [""]],
  ["the lock of a dead process", [String(spawnSync(process.execPath, ["-e", ""]).pid)]],
  ["a lock with an unreadable owner", ["?"]],
])("of processes that contend for %s, one works at a time, and none is left", async (_, owners) => {
  const folder = temporaryFolder();
  for (const owner of owners) mkdirSync(join(folder, ".lock", owner), { recursive: true });
  const ended = await Promise.all(Array.from({ length: 4 }, () => contender(folder).ended));
  expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(readFileSync(join(folder, "log"), "utf8")).toBe("<>".repeat(4));
  expect(readdirSync(folder)).toEqual(["log"]);
});

test("a process waits for the lock of a live process, and says so", async () => {
  const folder = temporaryFolder();
  const log = put(join(folder, "log"));
  const owner = join(folder, ".lock", String(process.pid));
  mkdirSync(owner, { recursive: true });
  const { child, ended } = contender(folder);
  await once(child.stderr, "data");
  expect(readFileSync(log, "utf8")).toBe("");
  rmSync(owner, { recursive: true });
  expect((await ended).code).toBe(0);
  expect(readFileSync(log, "utf8")).toBe("<>");
});
