import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunRecord } from "../../harness/judge/record.ts";
import { allPass, withFailures } from "../../testing/records/sample.ts";
import { folder, hangup } from "../../testing/cli/hangup.ts";

async function stored(record: RunRecord): Promise<string> {
  const path = await folder();
  await writeFile(join(path, "report.json"), JSON.stringify(record));
  return path;
}

const named = (record: RunRecord): RunRecord => ({ ...record, target: { ...record.target, name: "chat" } });

test("diff tells what got worse and what got better, and its exit code is the answer", async () => {
  const [sound, broken] = [await stored(named(allPass())), await stored(named(withFailures()))];
  const worse = await hangup(["diff", sound, broken]);
  expect(worse.code).toBe(1);
  expect(worse.stdout).toContain("ONCE-PER-SESSION in leave/fin: was passed, is failed");
  expect(worse.stdout.trimEnd().split("\n").at(-1)).toMatch(
    /^worse: 1 new failure, 0 failures fixed, 6 cases in one run only$/,
  );
  const better = await hangup(["diff", broken, join(sound, "report.json")]);
  expect(better.code).toBe(0);
  expect(better.stdout).toMatch(/nothing got worse, \d+ failures? fixed, 6 cases in one run only\n$/);
  const others = await hangup(["diff", await stored(allPass()), broken]);
  expect(others).toMatchObject({ code: 2, stderr: expect.stringContaining("use compare") as string });
  const cut = await hangup(["diff", sound, await stored(named({ ...allPass(), exitCode: 130 }))]);
  expect(cut).toMatchObject({ code: 3, stdout: expect.stringContaining("was interrupted") as string });
  expect((await hangup(["diff", sound, join(sound, "nothing.json")])).code).toBe(2);
});

test("diff and compare say in what the runs differ beside their results", async () => {
  const full = { ...named(allPass()), selection: { tier: "full" } };
  const quick = {
    ...full,
    selection: { tier: "quick" },
    environment: { ...full.environment, browser: null },
  };
  const paths = [await stored(full), await stored(quick)];
  const said = "the runs differ in more than their results\n  tier: full (";
  const diff = await hangup(["diff", ...paths]);
  expect(diff.stdout.split("\n").slice(0, 3)).toEqual([
    "the runs differ in more than their results",
    "  tier: full (before), quick (after)",
    "  browser: Chromium 156.0.8078.79 (before), none (after)",
  ]);
  const out = join(await folder(), "comparison.html");
  const compared = await hangup(["compare", ...paths, "--out", out]);
  expect(compared.stdout).toContain(said);
  expect(compared.stdout).toContain("tier: full (chat (1)), quick (chat (2))");
  expect(await readFile(out, "utf8")).toContain("tier: <bdi>full (chat (1)), quick (chat (2))</bdi>");
});

test("compare writes one page of several targets", async () => {
  const out = join(await folder(), "pages", "comparison.html");
  const paths = [await stored(allPass()), await stored(withFailures())];
  const { code, stdout } = await hangup(["compare", ...paths, "--out", out]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: `Report: ${out}\n` });
  const html = await readFile(out, "utf8");
  expect(html).toContain("chat on Spring Boot 4.0");
  expect(html).toContain("ONCE-PER-SESSION");
  expect((await hangup(["compare", paths[0] ?? "", "--out", out])).code).toBe(2);
});

test("show says where the report is, and how to make one where there is none", async () => {
  const path = await folder();
  const none = await hangup(["show", path]);
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining("hangup recheck") as string });
  await writeFile(join(path, "report.html"), "<p>");
  const shown = await hangup(["show", path]);
  expect(shown).toMatchObject({ code: 0, stdout: `${new URL(`file://${path}/report.html`).href}\n` });
});

test("recheck writes a report anew", async () => {
  const path = await stored(withFailures());
  await mkdir(join(path, "histories"), { recursive: true });
  const out = await folder();
  const { stdout } = await hangup(["recheck", path, "--out", out]);
  expect(stdout).toContain(`Report: ${join(out, "report.html")}`);
  expect(await readFile(join(out, "report.html"), "utf8")).toContain("ONCE-PER-SESSION");
  await rm(join(out, "report.html"));
  expect((await hangup(["recheck", path, path, "--out", out])).code).toBe(2);
});

test("a record that names a replay outside its folder is refused, by recheck and by merge", async () => {
  const record = allPass();
  const cases = record.cases.map((one) => ({
    ...one,
    history: "histories/x.json.gz",
    replay: "../outside.json",
  }));
  const path = await stored({ ...record, cases, shard: { index: 1, of: 1, asked: "" } });
  const out = await folder();
  for (const command of ["recheck", "merge"])
    expect(await hangup([command, path, "--out", out])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('its replay "../outside.json" is outside') as string,
    });
});

test("reporters replace the usual ones; two can't share standard output", async () => {
  const run = (out: string, ...args: readonly string[]) =>
    hangup(["run", "--reference", "--browser", "none", "--grep", "^identify/twice", "--out", out, ...args]);
  const out = await folder();
  const tap = await run(out, "--reporter", "tap,ctrf");
  expect(tap.stdout).toMatch(/^TAP version 14\n1\.\.1\nok 1 - identify\/twice\n/);
  const { results } = JSON.parse(await readFile(join(out, "ctrf.json"), "utf8")) as {
    results: { summary: { tests: number; passed: number } };
  };
  expect(results.summary).toMatchObject({ tests: 1, passed: 1 });
  for (const file of ["report.html", "junit.xml", "summary.md"])
    await expect(readFile(join(out, file))).rejects.toThrow("ENOENT");
  const both = await run(out, "--reporter", "tap,terminal");
  expect(both).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("both write to standard output") as string,
  });
  const unknown = await run(out, "--reporter", "nyan");
  expect(unknown).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Known reporters: ") as string,
  });
});
