import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunRecord } from "../harness/record.ts";
import { ended, folder, hangup, recordIn, serve, start } from "./testing.ts";

const failedRequirements = (record: RunRecord) =>
  record.requirements.filter(({ verdict }) => verdict === "fail").map(({ id }) => id);

/** Resolves with the line on standard error that tells of the first case that passed. */
async function firstPass({ stderr }: ChildProcess): Promise<void> {
  if (stderr === null) throw new Error("no standard error");
  let told = "";
  while (!/^pass /m.test(told)) told += String(((await once(stderr, "data")) as [Buffer])[0]);
}

/** Some endings, which wait for no silence: a target that is held up may well mistake it for one. */
const someEndings = ["--tier", "quick", "--grep", "^(leave/(fin|rst|close)|identify/never)"];

/** The cases that need no browser; the others have a test of their own. */
const withoutBrowser = ["--browser", "none"];

test(
  "the reference server passes, by itself and by its URL, with the same verdicts",
  { timeout: 240_000 },
  async () => {
    const [own, byUrl] = [await folder(), await folder()];
    const { url } = await serve();
    const quick = ["run", "--tier", "quick", ...withoutBrowser];
    const embedded = await hangup([...quick, "--reference", "--out", own]);
    const pointed = await hangup([...quick, "--url", url, "--out", byUrl]);
    expect(embedded.code, embedded.stdout).toBe(0);
    expect(pointed.code, pointed.stdout).toBe(0);
    // By its URL alone less is declared, and nothing tells how to start another one.
    const verdicts = ({ cases }: RunRecord) =>
      cases.flatMap(({ id, verdicts: all }) =>
        all.map(({ requirement, check, kind }) => `${id} ${requirement} ${check}: ${kind}`),
      );
    const record = await recordIn(own);
    const asked = verdicts(await recordIn(byUrl)).filter((verdict) => !verdict.endsWith(": not-applicable"));
    expect(asked.length).toBeGreaterThan(300);
    expect(verdicts(record)).toEqual(expect.arrayContaining(asked));
    expect(record.notes.join()).toContain("--browser none");
    expect(record.musts.judged).toBeGreaterThan(10);
    for (const file of ["report.html", "junit.xml"]) expect(existsSync(join(own, file)), file).toBe(true);
    expect(readdirSync(join(own, "histories"))).toHaveLength(
      record.cases.filter(({ history }) => history !== undefined).length,
    );
  },
);

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
    await firstPass(child);
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
    const child = start(["run", ...withoutBrowser, "--url", url, "--out", out]);
    const end = ended(child);
    await firstPass(child);
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
    const child = start(["run", ...withoutBrowser, ...someEndings, "--url", url, "--out", out]);
    const end = ended(child);
    await firstPass(child);
    server.kill("SIGSTOP");
    const { code, stdout } = await end;
    expect(code, stdout).toBe(3);
    const { totals } = await recordIn(out);
    expect(totals).toMatchObject({ fail: 0 });
    expect(totals.pass).toBeGreaterThan(0);
    expect(totals.inconclusive).toBeGreaterThan(0);
  },
);
