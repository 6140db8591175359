import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunRecord } from "../../harness/judge/record.ts";
import {
  bin,
  ended,
  folder,
  hangup,
  recordIn,
  serve,
  start,
  type CommandResult,
} from "../../testing/cli/hangup.ts";

const failedRequirements = (record: RunRecord) =>
  record.requirements.filter(({ verdict }) => verdict === "fail").map(({ id }) => id);

/** Resolves when the run says on standard error that a case passed. Rejects when the run ends before. */
async function firstPass({ stderr }: ChildProcess, end: Promise<CommandResult>): Promise<void> {
  if (stderr === null) throw new Error("no standard error");
  const over = end.then((ended) => {
    throw new Error(`no case passed: ${ended.stderr}`);
  });
  let told = "";
  while (!/ [1-9]\d* passed/.test(told))
    told += String((await Promise.race([once(stderr, "data"), over]))[0]);
}

/** Some endings, which wait for no silence: a target that is held up may well mistake it for one. */
const someEndings = ["--tier", "quick", "--grep", "^(leave/(fin|rst|close)|identify/never)"];

/** The cases that need no browser. */
const withoutBrowser = ["--browser", "none"];

test("a broken server fails with evidence, and again from what was stored", { timeout: 90_000 }, async () => {
  const out = await folder();
  const { url } = await serve("--mutant", "announces-leave-twice");
  const { code, stdout } = await hangup([
    "run",
    ...withoutBrowser,
    ...someEndings,
    "--url",
    url,
    "--out",
    out,
  ]);
  expect(code, stdout).toBe(1);
  const record = await recordIn(out);
  expect(failedRequirements(record)).toEqual(["LEAVE-NOT-TWICE"]);
  const failures = record.cases.flatMap(({ verdicts }) => verdicts).filter((v) => v.kind === "fail");
  for (const failure of failures) expect(failure.evidence.length, failure.check).toBeGreaterThan(0);
  const again = await hangup(["recheck", out]);
  expect(again.stdout).toContain("Judged again: nothing changed.");
  expect(again.code).toBe(1);
});

test("--json gives the record on standard output and nothing else", { timeout: 60_000 }, async () => {
  const { code, stdout } = await hangup([
    ...["run", "--reference", ...withoutBrowser, ...someEndings],
    ...["--json", "--out", await folder()],
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, outcome: "conformant" });
});

test(
  "Ctrl-C: 130, what ran is written, and the server that was started is gone",
  { timeout: 60_000 },
  async () => {
    const out = await folder();
    const child = start(["run", "--reference", ...withoutBrowser, "--out", out]);
    const end = ended(child);
    await firstPass(child, end);
    child.kill("SIGINT");
    expect((await end).code).toBe(130);
    const record = await recordIn(out);
    expect(record).toMatchObject({ exitCode: 130, outcome: "incomplete" });
    expect(record.cases.length).toBeGreaterThan(0);
    expect(record.notes.join()).toMatch(/Interrupted: \d+ of \d+ cases/);
    const { hostname, port } = new URL(record.target.url);
    const socket = connect(Number(port), hostname);
    const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
    expect(error.code).toBe("ECONNREFUSED");
  },
);

test(
  "a target that is gone in mid-run: exit 3 and one sentence, and the other cases do not run",
  { timeout: 90_000 },
  async () => {
    const out = await folder();
    const { url, server } = await serve();
    const child = start(["run", ...withoutBrowser, "--silent-within", "2s", "--url", url, "--out", out]);
    const end = ended(child);
    await firstPass(child, end);
    server.kill("SIGKILL");
    const { code, stdout, stderr } = await end;
    expect(code, stdout).toBe(3);
    const { outcome, totals, notes } = await recordIn(out);
    expect(outcome).toBe("incomplete");
    expect(totals).toMatchObject({ fail: 0, inconclusive: 0 });
    expect(notes.join("\n")).toMatch(
      /The run ended early: The target was gone .* while .* ran\. It did not come back within 10 s\. \d+ cases of \d+ did not run to the end\.$/m,
    );
    expect(stderr.replace(/\s+/g, " ")).toContain("hangup waits up to 10 s for it to come back.");
    expect((await hangup(["recheck", out])).code).toBe(3);
  },
);

test(
  "a target that a case kills: exit 1, the case with the exit and the last lines, and the others run",
  { timeout: 120_000 },
  async () => {
    const out = await folder();
    const profile = join(out, "hangup.config.json");
    const command = `exec '${process.execPath}' '${bin}' serve --port {port} --mutant dies-of-malformed-identify`;
    const url = "http://127.0.0.1:{port}/connection";
    await writeFile(profile, JSON.stringify({ url, start: { command } }));
    const few = [
      "--grep",
      "^(leave/fin.native,phase=identified|identify/(never|malformed.body=null]))|^presence/target",
    ];
    const { code, stdout } = await hangup([
      "run",
      ...withoutBrowser,
      ...few,
      "--profile",
      profile,
      "--out",
      out,
    ]);
    expect(code, stdout).toBe(1);
    const record = await recordIn(out);
    expect(failedRequirements(record)).toEqual(["SURVIVES-ITS-CLIENTS"]);
    expect(record.totals).toMatchObject({ fail: 1, inconclusive: 0 });
    expect(record.notes).toContainEqual("The target died in 1 case: identify/malformed[body=null].");
    const [failed] = record.cases.filter(({ timeline }) => timeline !== undefined);
    expect(failed?.timeline?.find(({ kind }) => kind === "target-died")).toMatchObject({
      end: "exit code 3",
      lastLines: expect.arrayContaining([
        expect.stringContaining("SyntaxError: identify must be a JSON object"),
      ]) as string[],
    });
    const again = await hangup(["recheck", out]);
    expect(again.stdout).toContain("Judged again: nothing changed.");
    expect(again.code).toBe(1);
  },
);

test(
  "a target that hangs in mid-run: exit 3, and a report of what is known, not a hang",
  { timeout: 120_000 },
  async () => {
    const out = await folder();
    const { url, server } = await serve();
    // On a busy machine each of the cases that are left waits alone, for 8 s.
    const few = ["--tier", "quick", "--grep", "^(leave/(fin|rst)|identify/never)"];
    const child = start(["run", ...withoutBrowser, ...few, "--url", url, "--out", out]);
    const end = ended(child);
    await firstPass(child, end);
    server.kill("SIGSTOP");
    const { code, stdout } = await end;
    expect(code, stdout).toBe(3);
    const { totals } = await recordIn(out);
    expect(totals).toMatchObject({ fail: 0 });
    expect(totals.pass).toBeGreaterThan(0);
    expect(totals.inconclusive).toBeGreaterThan(0);
  },
);
