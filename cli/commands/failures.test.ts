import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ended, folder, hangup, recordIn, serve, start } from "../../testing/cli/hangup.ts";

/** Quick cases, most of which the mutant fails. */
const cases = ["--browser", "none", "--grep", "^(leave/close|connect/highest-version)"];

test(
  "--fail-fast ends with 1 after the first failure, --failed runs that again",
  { timeout: 120_000 },
  async () => {
    const { url } = await serve("--mutant", "announces-leave-twice");
    const out = await folder();
    const run = (...more: readonly string[]) =>
      hangup(["run", "--url", url, "--no-preflight", "--out", out, ...more]);
    const { code, stdout } = await run(...cases, "--workers", "1", "--fail-fast");
    expect(code, stdout).toBe(1);
    const first = await recordIn(out);
    expect(first).toMatchObject({ outcome: "nonconformant", exitCode: 1, totals: { fail: 1 } });
    const notRun = /^Stopped after 1 failed case, by --fail-fast: (\d+) of (\d+) cases did not run\.$/;
    const [, left, all] = first.notes.map((note) => notRun.exec(note)).find((found) => found !== null) ?? [];
    expect(Number(all) - Number(left)).toBe(first.cases.length);
    expect(Number(left)).toBeGreaterThan(5);

    const again = await run("--browser", "none", "--failed");
    expect(again.code, again.stdout).toBe(1);
    expect(again.stderr).toMatch(
      /--failed\s+selects\s+1\s+case\s+that\s+failed\s+in\s+the\s+run\s+of\s+\d{4}-/,
    );
    const second = await recordIn(out);
    expect(second.cases.map(({ id }) => id)).toEqual(
      first.cases.flatMap(({ id, verdicts }) => (verdicts.some(({ kind }) => kind === "fail") ? [id] : [])),
    );
    // The cases that ran say nothing about the others.
    const rejudged = await hangup(["recheck", out]);
    expect(rejudged.code).toBe(1);
  },
);

test("--max-failures stops no run with fewer failures", { timeout: 60_000 }, async () => {
  const out = await folder();
  const { code, stdout } = await hangup([
    "run",
    "--reference",
    ...cases,
    "--max-failures",
    "1",
    "--out",
    out,
  ]);
  expect(code, stdout).toBe(0);
  expect((await recordIn(out)).notes.join()).not.toContain("Stopped");
});

test(
  "--failed without an earlier run, or without a failure in it, says so",
  { timeout: 60_000 },
  async () => {
    const out = await folder();
    const run = () => hangup(["run", "--reference", "--failed", "--out", out]);
    const none = await run();
    expect(none).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("holds no report.json") as string,
    });
    await writeFile(join(out, "report.json"), "{}");
    expect((await run()).code).toBe(2);
    await hangup(["run", "--reference", ...cases, "--out", out]);
    const passed = await run();
    expect(passed).toMatchObject({ code: 2, stderr: expect.stringContaining("no case failed") as string });
  },
);

test("--fail-fast and --max-failures exclude each other", async () => {
  const { code, stderr } = await hangup(["run", "--reference", "--fail-fast", "--max-failures", "2"]);
  expect(code).toBe(2);
  expect(stderr).toContain("--max-failures");
});

test(
  "in a pipe: the header comes at once, each failure once, and no control characters",
  { timeout: 60_000 },
  async () => {
    const { url } = await serve("--mutant", "announces-leave-twice");
    const child = start(["run", "--url", url, ...cases, "--out", await folder()]);
    let before = "";
    child.stderr?.once("data", (text: Buffer) => (before = String(text)));
    const { stdout, stderr } = await ended(child);
    expect(before).toMatch(/^hangup \S+: \d+ cases in [a-z0-9 ]+ on http/);
    const text = stderr + stdout;
    const words = text.replaceAll(/\s+/g, " ");
    const findings = [...text.matchAll(/^✗ \d+ +(.+)$/gm)].map(([, words = ""]) => words);
    expect(findings.length).toBeGreaterThan(0);
    expect(new Set(findings).size).toBe(findings.length);
    expect(text.match(/^ +seen /gm)).toHaveLength(findings.length);
    expect(words.match(/announced more than once/g)).toHaveLength(1);

    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
    for (const line of text.split("\n"))
      // Lines to copy do not wrap.
      if (!/^(Report:| +again) /.test(line)) expect(line.length).toBeLessThanOrEqual(80);
  },
);
