import { expect, test } from "vitest";
import { allPass, withBaseline, withFailures } from "../../testing/records/sample.ts";
import { failedRequirements } from "./failed-requirements.ts";

const listed = (record: Parameters<typeof failedRequirements>[0]): readonly string[] =>
  failedRequirements(record).map(({ requirement, cases, worst }) => `${requirement.id} ${cases} ${worst.id}`);

test("MUSTs come first, what is waived last, each with a case that shows it", () => {
  expect(listed(withFailures())).toEqual([
    "LEAVE-SILENCE-WINDOW 1 silence/blackhole",
    "ONCE-PER-SESSION 1 leave/fin",
    "LINGER-ENDS 1 leave/linger",
  ]);
  expect(listed(allPass())).toEqual([]);
});

test("what fails more often comes before, and the case that no baseline accepts is the worst", () => {
  const [first, second] = failedRequirements(withBaseline());
  expect(second).toMatchObject({ requirement: { id: "ONCE-PER-SESSION" }, cases: 1, known: 1 });
  expect(first).toMatchObject({
    requirement: { id: "LEAVE-TRANSPORT-END" },
    cases: 2,
    known: 0,
    worst: { id: "leave/rst[transport=xhr-streaming,phase=identified]" },
  });
});

test("a strict run binds a SHOULD", () => {
  const record = { ...withFailures(), waivers: [] };
  expect(listed(record).at(-1)).toContain("LINGER-ENDS");
  const lingering = record.cases.find(({ id }) => id === "leave/linger");
  const cases = lingering === undefined ? [] : [...record.cases, { ...lingering, id: "leave/linger[again]" }];
  expect(listed({ ...record, cases, strict: true })[0]).toContain("LINGER-ENDS 2");
});

test("a case that always fails is worse than one that fails now and then", () => {
  const { cases, ...record } = withFailures();
  const flaky = cases.find(({ id }) => id === "silence/blackhole");
  if (flaky === undefined) throw new Error("the sample has no such case");
  const steady = {
    ...flaky,
    id: "silence/blackhole[again]",
    verdicts: flaky.verdicts.map((check) => ({ ...check, failedAttempts: check.attempts })),
  };
  expect(failedRequirements({ ...record, cases: [flaky, steady] })[0]?.worst.id).toBe(
    "silence/blackhole[again]",
  );
});

test("of like cases the one with the shortest history shows it best", () => {
  const { cases, ...record } = withFailures();
  const failing = cases.find(({ id }) => id === "leave/fin");
  if (failing === undefined) throw new Error("the sample has no such case");
  const { timeline = [], ...rest } = failing;
  const untold = { ...rest, id: "untold" };
  const long = { ...failing, id: "long", timeline: [...timeline, ...timeline] };
  expect(failedRequirements({ ...record, cases: [untold, long, failing] })[0]).toMatchObject({
    cases: 3,
    worst: { id: "leave/fin" },
  });
});
