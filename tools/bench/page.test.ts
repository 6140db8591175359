import { expect, it } from "vitest";
import { busyComplaint, busyShare } from "./machine.ts";
import { renderPage, type BenchResult } from "./page.ts";

const result: BenchResult = {
  machine: { name: "2 cores", node: "v20.0.0", busyBefore: "1 %", busyAfter: "2 %" },
  cases: 500,
  rounds: 1,
  runMs: 12_000,
  figures: [{ name: "run time : longest window", ratio: "2.00", goal: "", measured: "12.0 s : 6.0 s" }],
  complaints: [],
};

it("the page has the date, the machine, the figures and the comparison with a serial suite", async () => {
  const page = await renderPage(result, new Date("2026-12-01T10:00:00Z"));
  expect(page).toContain("on 2026-12-01.");
  expect(page).toContain("2 cores, Node v20.0.0, without browsers. 500 cases a run, 1 run of each kind");
  expect(page).toMatch(/\| run time : longest window +\| 2\.00 +\| +\| 12\.0 s : 6\.0 s +\|/);
  // 600 s for 500 cases, and 12 s for as many.
  expect(page).toContain("1.20 s a case; hangup takes 0.02 s, 50.0 times as fast");
});

it("the page shows complaints", async () => {
  const complaints = busyComplaint([0.02, 0.6]);
  expect(complaints).toHaveLength(1);
  expect(await renderPage({ ...result, complaints }, new Date())).toContain(complaints[0]);
  expect(busyComplaint([0.02, 0.05])).toEqual([]);
});

it("a busy process raises the measured share", async () => {
  const measuring = busyShare(200);
  const untilMs = performance.now() + 200;
  while (performance.now() < untilMs);
  expect(await measuring).toBeGreaterThan(0);
});
