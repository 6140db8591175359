import { expect, test } from "vitest";
import { othersStayConnected } from "../../harness/index.ts";
import { judgeCase } from "../../harness/judge/attempts/judge-case.ts";
import type { Attempt } from "../../harness/judge/attempts/judged-attempt.ts";
import { worst } from "../../harness/judge/verdict.ts";
import { caseOf } from "../../harness/scenario/scenario.ts";
import { arrives, closes, profile, written } from "../../testing/harness/written.ts";
import { SoakRounds } from "./soak-rounds.ts";

const asked = caseOf({
  ...{ id: "a/b", title: "t", run: () => Promise.resolve() },
  checks: { "OTHERS-STAY-CONNECTED": [othersStayConnected()] },
});

const attempt = (closesAlice: boolean, sideBySide: number): Attempt => ({
  ...{ alone: false, sideBySide, trouble: null, durationMs: 5_000, lagMaxMs: 0 },
  events: written(
    ...arrives("alice", 0),
    ...(closesAlice ? [closes("alice", 3_000, 3000)] : []),
    ...arrives("bob", 4_000),
    [5_000, { kind: "waited-out", actor: "harness", waitedMs: 1 }],
  ),
});

/** Plays rounds, and returns the verdict now and that of the stored attempts. */
function kindsAfter(...rounds: readonly Attempt[][]) {
  const tally = new SoakRounds([asked], profile);
  for (const round of rounds) tally.add([{ record: judgeCase(asked, round, profile), attempts: round }]);
  const [one] = tally.finished();
  const again = judgeCase(asked, one?.attempts ?? [], profile);
  return [one?.record, again].map((record) => worst((record?.verdicts ?? []).map(({ kind }) => kind)));
}

test.each([32, 8])(
  "a close that its round repeats counts, whatever later rounds show (%i workers)",
  (workers) => {
    const fine = attempt(false, workers);
    expect(kindsAfter([attempt(true, workers), attempt(true, 8)], [fine], [fine])).toEqual(["fail", "fail"]);
  },
);

test.each([32, 8])("a close that its round does not repeat never counts (%i workers)", (workers) => {
  const round = [attempt(true, workers), attempt(false, 8)];
  expect(kindsAfter(round, [attempt(false, workers)])).toEqual(["pass", "pass"]);
  expect(kindsAfter([attempt(false, workers)], round)).toEqual(["pass", "pass"]);
});
