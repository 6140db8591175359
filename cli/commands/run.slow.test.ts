import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunRecord } from "../../harness/judge/record.ts";
import { folder, hangup, recordIn, serve } from "../../testing/cli/hangup.ts";

test(
  "the reference server passes, by itself and by its URL, with the same verdicts",
  { timeout: 240_000 },
  async () => {
    const [own, byUrl] = [await folder(), await folder()];
    const { url } = await serve();
    const quick = ["run", "--tier", "quick", "--browser", "none"];
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

test("a soak asks each case several times, and the reference server passes", async () => {
  const out = await folder();
  const soak = [
    "run",
    "--reference",
    "--tier",
    "soak",
    "--minutes",
    "0.5",
    "--browser",
    "none",
    "--grep",
    "^leave/(fin|rst|close)",
  ];
  const { code, stdout } = await hangup([...soak, "--out", out]);
  expect(code, stdout).toBe(0);
  for (const { id, verdicts } of (await recordIn(out)).cases)
    for (const verdict of verdicts)
      if (verdict.kind === "pass") expect(verdict.attempts, id).toBeGreaterThan(1);
});
