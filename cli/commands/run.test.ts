import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import type { RunRecord } from "../../harness/judge/record.ts";
import {
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
  "a target that dies in mid-run: exit 3, and a report of what is known",
  { timeout: 90_000 },
  async () => {
    const out = await folder();
    const { url, server } = await serve();
    const child = start(["run", ...withoutBrowser, "--silent-within", "2s", "--url", url, "--out", out]);
    const end = ended(child);
    await firstPass(child, end);
    server.kill("SIGKILL");
    const { code, stdout } = await end;
    expect(code, stdout).toBe(3);
    const record = await recordIn(out);
    expect(record.outcome).toBe("incomplete");
    expect(record.totals.pass).toBeGreaterThan(0);
    expect(record.totals.inconclusive).toBeGreaterThan(0);
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
