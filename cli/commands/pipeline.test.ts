import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, hangup, recordIn, serve } from "../../testing/cli/hangup.ts";

// Six ends of an identified WebSocket session. The first server misses five of them.
const ends = ["fin", "rst", "half-close", "process-killed", "cut-in-frame", "close"];
const cases = [
  ...["--browser", "none", "--grep"],
  `^leave/(${ends.join("|")}).transport=websocket,phase=identified`,
];

/** A pipeline's step: this suite on that server. In CI, unless it is at somebody's desk. */
async function step(
  mutant: string | undefined,
  out: string,
  ...args: readonly string[]
): ReturnType<typeof hangup> {
  const { url, server } = await serve(...(mutant === undefined ? [] : ["--mutant", mutant]));
  const env = { ...process.env, CI: args.includes("--update-baseline") ? "" : "true" };
  const ended = await hangup(["run", ...cases, "--url", url, "--out", out, ...args], undefined, env);
  server.kill("SIGKILL");
  return ended;
}

test("adopted on a server that fails: green, red for a sixth failure, red for one that is mended", async () => {
  const out = await folder();
  const baseline = join(out, "baseline.json");
  const gated = ["--baseline", baseline];

  const first = await step("hears-only-goodbyes", out, ...gated, "--update-baseline");
  expect(first.code, first.stdout + first.stderr).toBe(0);
  const { entries } = JSON.parse(await readFile(baseline, "utf8")) as { entries: { cases: string }[] };
  expect(new Set(entries.map((one) => one.cases)).size).toBe(5);

  const again = await step("hears-only-goodbyes", out, ...gated);
  expect(again.code, again.stdout).toBe(0);
  expect(again.stdout).toContain("not conformant, nothing worse than the baseline");
  const { outcome, baseline: against } = await recordIn(out);
  expect(outcome).toBe("nonconformant");
  expect(new Set(against?.known.map((one) => one.case)).size).toBe(5);

  expect((await hangup(["recheck", out, "--baseline", baseline])).code).toBe(0);
  expect((await hangup(["recheck", out])).code).toBe(1);

  const worse = await step("hears-only-disconnect-frame", out, ...gated);
  expect(worse.code).toBe(1);
  const sixth = "leave/close[transport=websocket,phase=identified]";
  expect((await recordIn(out)).baseline?.worse.map((one) => one.case)).toEqual([sixth]);
  expect(worse.stdout).toContain("not conformant, 1 failure beyond the baseline");

  const mended = await step(undefined, out, ...gated);
  expect(mended.code).toBe(1);
  const told = mended.stdout.replaceAll(/\s+/g, " ");
  expect(told).toContain("it passes now; remove the entry");
  expect(told).toContain("5 of its entries no longer hold");
}, 240_000);

test("red on zero cases, and on what can't be a gate", async () => {
  const out = await folder();
  const file = join(out, "baseline.json");
  const nothing = await hangup(["run", "--grep", "no such case", "--out", out]);
  expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining("matches no case") as string });
  const noFile = await hangup(["run", ...cases, "--baseline", file, "--out", out]);
  expect(noFile).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("the file does not exist") as string,
  });
  const inCi = { ...process.env, CI: "true" };
  const accepting = ["run", ...cases, "--baseline", file, "--update-baseline", "--out", out];
  expect(await hangup(accepting, undefined, inCi)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("CI is set") as string,
  });
  const unnamed = await hangup(["run", ...cases, "--update-baseline", "--out", out]);
  expect(unnamed).toMatchObject({ code: 2, stderr: expect.stringContaining("needs --baseline") as string });
  await writeFile(
    file,
    JSON.stringify({ schemaVersion: 1, entries: [{ requirement: "X", cases: "*", expires: "soon" }] }),
  );
  const wrong = await hangup(["run", ...cases, "--baseline", file, "--out", out]);
  expect(wrong.code).toBe(2);
  for (const place of ["entries.0.reason", "entries.0.owner", "entries.0.expires"])
    expect(wrong.stderr).toContain(place);
}, 60_000);
