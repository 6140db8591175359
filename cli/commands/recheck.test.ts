import { copyFile, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packHistory, unpackHistory } from "../../reports/files/history-file.ts";
import { folder, hangup, recordIn, serve } from "../../testing/cli/hangup.ts";

const fin = "leave/fin[transport=websocket,phase=identified]";
const some = [
  "run",
  "--browser",
  "none",
  "--grep",
  "^leave/(fin|rst).transport=websocket,phase=identified|^identify/never",
];
const historyOfFin = (out: string) =>
  join(out, "histories", "leave-fin-transport=websocket-phase=identified.json.gz");

test("stored histories give the same verdicts again, without the target", { timeout: 60_000 }, async () => {
  const out = await folder();
  const { url, server } = await serve("--mutant", "announces-leave-twice");
  expect((await hangup([...some, "--url", url, "--out", out])).code).toBe(1);
  server.kill("SIGKILL");
  const { code, stdout } = await hangup(["recheck", out]);
  expect(code, stdout).toBe(1);
  expect(stdout).toContain("Judged again: nothing changed.");
  const single = await hangup(["recheck", historyOfFin(out)]);
  expect(single.code).toBe(1);
  expect(single.stdout).toContain(`${fin} LEAVE-NOT-TWICE no-leave-twice: expected one leave`);
});

test(
  "a changed history changes the verdict; a missing one is told; files that are none are usage errors",
  {
    timeout: 60_000,
  },
  async () => {
    const out = await folder();
    await hangup([...some, "--reference", "--out", out]);
    const file = historyOfFin(out);
    const stored = unpackHistory(await readFile(file), file);
    const attempts = stored.attempts.map((attempt) => ({
      ...attempt,
      events: attempt.events.filter(({ kind }) => kind !== "fault-witnessed"),
    }));
    await writeFile(file, packHistory({ ...stored, attempts }));
    const again = await hangup(["recheck", join(out, "report.json")]);
    expect(again.stdout).toContain(
      `${fin} LEAVE-IN-TIME left-inside-window(alice): was pass, is inconclusive`,
    );
    expect(again.code).toBe(3);

    await rm(file);
    const kept = await hangup(["recheck", out]);
    expect(kept.stdout).toContain(`Not judged again, because their histories are missing: ${fin}`);

    const foreign = packHistory({ ...stored, case: "leave/of-another-version" });
    await writeFile(file, foreign);
    expect(await hangup(["recheck", out])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"leave/of-another-version", which this version') as string,
    });

    const record = await recordIn(out);
    const escaping = record.cases.map((one) => ({ ...one, history: "../outside.json.gz" }));
    await writeFile(join(out, "report.json"), JSON.stringify({ ...record, cases: escaping }));
    expect((await hangup(["recheck", out])).stderr).toContain("outside the record's folder");

    await copyFile(join(out, "report.html"), join(out, "x.json.gz"));
    expect((await hangup(["recheck", join(out, "x.json.gz")])).code).toBe(2);
    expect((await hangup(["recheck", join(out, "nothing")])).code).toBe(2);
  },
);
