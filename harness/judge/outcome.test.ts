import { expect, test } from "vitest";
import { conclude, incompleteness } from "./outcome.ts";
import type { CaseRecord, CheckRecord } from "./record.ts";
import type { Requirement } from "./requirement.ts";
import { fail, inconclusive, notApplicable, pass, type Verdict } from "./verdict.ts";

const requirement = (id: string, rest: Partial<Requirement> = {}): Requirement => ({
  id,
  level: "MUST",
  basis: "flow",
  text: "t",
  citation: "c",
  ...rest,
});
const catalogue = [
  requirement("LEAVE"),
  requirement("ABSENCE"),
  requirement("DECLARED", { basis: "declared" }),
  requirement("NICE", { level: "SHOULD" }),
  requirement("FREE", { level: "MAY" }),
  requirement("UNASKED"),
];
const judged = (id: string, check: string, verdict: Verdict): CheckRecord => ({
  ...verdict,
  requirement: id,
  check,
  attempts: 1,
  failedAttempts: 0,
});
const one = (...verdicts: CheckRecord[]): CaseRecord => ({
  id: "a/b",
  scenario: "a/b",
  title: "t",
  axes: {},
  durationMs: 1,
  lagMaxMs: 0,
  verdicts,
  detections: [],
});
const good = one(
  judged("LEAVE", "heard-by-all(alice)", pass([1])),
  judged("ABSENCE", "no-false-leave", pass([2])),
);
const plain = { waivers: [], strict: false };

test("conformant: every MUST that was asked about passed", () => {
  const conclusion = conclude([good], catalogue, plain);
  expect(conclusion).toMatchObject({ outcome: "conformant", exitCode: 0, musts: { judged: 2, total: 2 } });
  expect(conclusion.requirements.map(({ id, verdict }) => [id, verdict])).toEqual([
    ["LEAVE", "pass"],
    ["ABSENCE", "pass"],
  ]);
});

test("a failed MUST is nonconformant, also beside something inconclusive", () => {
  const bad = one(judged("DECLARED", "x", fail("a", "b")), judged("LEAVE", "x", inconclusive("r")));
  expect(conclude([good, bad], catalogue, plain)).toMatchObject({
    outcome: "nonconformant",
    exitCode: 1,
    musts: { judged: 2, total: 3 },
  });
});

test("a waiver excuses a declared requirement, never one of the flow", () => {
  const waivers = [
    { requirement: "DECLARED", reason: "r" },
    { requirement: "LEAVE", reason: "r" },
  ];
  const declared = one(judged("DECLARED", "x", fail("a", "b")));
  expect(conclude([good, declared], catalogue, { waivers, strict: false }).exitCode).toBe(0);
  const flow = one(judged("LEAVE", "x", fail("a", "b")));
  expect(conclude([good, flow], catalogue, { waivers, strict: false }).exitCode).toBe(1);
  const another = waivers.slice(1);
  expect(conclude([good, declared], catalogue, { waivers: another, strict: false }).exitCode).toBe(1);
});

test("a SHOULD binds only when strict, a MAY never", () => {
  const should = one(judged("NICE", "x", fail("a", "b")));
  expect(conclude([good, should], catalogue, plain).exitCode).toBe(0);
  expect(conclude([good, should], catalogue, { waivers: [], strict: true }).exitCode).toBe(1);
  const may = one(judged("FREE", "x", fail("a", "b")));
  expect(conclude([good, may], catalogue, { waivers: [], strict: true }).exitCode).toBe(0);
});

test("an inconclusive MUST is incomplete, never green", () => {
  const open = one(judged("LEAVE", "x", inconclusive("r")));
  expect(conclude([good, open], catalogue, plain)).toMatchObject({
    outcome: "incomplete",
    exitCode: 3,
    musts: { judged: 1, total: 2 },
  });
});

test("a run that judged no leave or no absence is incomplete", () => {
  const [leave, absence] = good.verdicts;
  if (leave === undefined || absence === undefined) throw new Error("unreachable");
  const noLeave = "No case judged whether a leave is heard, so this run is not complete.";
  const noAbsence = "No case judged the absence of a leave, so this run is not complete.";
  const lacking = (...verdicts: CheckRecord[]) => {
    const { exitCode, notes } = conclude([one(...verdicts)], catalogue, plain);
    expect(exitCode).toBe(notes.length === 0 ? 0 : 3);
    return notes;
  };
  expect(lacking(leave)).toEqual([noAbsence]);
  expect(lacking(absence)).toEqual([noLeave]);
  expect(lacking()).toEqual([noLeave, noAbsence]);
  expect(incompleteness).toEqual([noLeave, noAbsence]);
  // Judged is what passed or failed, whatever it counts for.
  const nice = (verdict: Verdict) => judged("NICE", "heard-by-all(bob)", verdict);
  expect(lacking(absence, nice(fail("a", "b")))).toEqual([]);
  expect(lacking(absence, nice(inconclusive("r")))).toEqual([noLeave]);
  expect(lacking(absence, nice(notApplicable("r")))).toEqual([noLeave]);
});

test("cases are counted by their worst verdict", () => {
  const skipped = one(judged("LEAVE", "x", notApplicable("r")));
  const open = one(judged("LEAVE", "x", inconclusive("r")), judged("LEAVE", "y", pass([1])));
  const bad = one(judged("LEAVE", "x", inconclusive("r")), judged("LEAVE", "y", fail("a", "b")));
  const { totals } = conclude([good, skipped, open, bad], catalogue, plain);
  expect(totals).toEqual({ pass: 1, fail: 1, inconclusive: 1, notApplicable: 1 });
});
