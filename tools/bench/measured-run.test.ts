import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { childrensMsIn, compilePrograms, measureRun, type RunPlace } from "./measured-run.ts";

it("reads the children's time in what POSIX `times` prints", () => {
  expect(childrensMsIn("0m0.01s 0m0.00s\n1m2.500s 0m0.250s\n")).toBe(62_750);
  expect(childrensMsIn("0m0.01s 0m0.00s\n")).toBeUndefined();
});

/** Selects a few cases, in which each client needs observers. */
async function place(): Promise<RunPlace> {
  const folder = await mkdtemp(join(tmpdir(), "hangup-bench-"));
  const compiled = await compilePrograms();
  onTestFinished(async () => {
    // A test's process may be killed, and then removes nothing at its exit.
    for (const made of [folder, compiled]) await rm(made, { recursive: true, force: true });
  });
  const select = ["--grep", "^leave/fin\\[.*websocket"];
  return { folder, compiled, select, signal: new AbortController().signal };
}

it("measures runs with shared and own observers, and interrupts one at its limit", async () => {
  const given = await place();
  const shared = await measureRun({ server: "correct" }, given);
  expect(shared).toMatchObject({ failed: 0, inconclusive: 0, interrupted: false });
  expect(shared.cases).toBeGreaterThan(0);
  // Two processes that start take at least this much.
  expect(shared.cpuMs).toBeGreaterThan(300);
  expect(shared.longestWindowMs).toBeGreaterThan(0);

  const own = await measureRun({ server: "correct", ownObservers: true }, given);
  expect(own).toMatchObject({ cases: shared.cases, failed: 0, inconclusive: 0 });

  // Long enough for the start on a machine under load; the whole run takes twice as long.
  const limited = await measureRun({ server: "late-leaves", limitMs: 10_000 }, given);
  expect(limited.interrupted).toBe(true);
});

it("an aborted bench ends its run, and says why", async () => {
  const controller = new AbortController();
  const running = measureRun({ server: "late-leaves" }, { ...(await place()), signal: controller.signal });
  setTimeout(() => controller.abort(new Error("the run was interrupted")), 1_500);
  await expect(running).rejects.toThrow("the run was interrupted");
});
