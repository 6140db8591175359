import fc from "fast-check";
import { expect, test } from "vitest";
import { judgeCase } from "../../harness/judge/attempts/judge-case.ts";
import { saysNothing, type Attempt } from "../../harness/judge/attempts/judged-attempt.ts";
import type { Check } from "../../harness/judge/check.ts";
import type { HistoryEvent } from "../../harness/history/events/events.ts";
import { caseOf } from "../../harness/scenario/scenario.ts";
import { profile } from "../../testing/harness/written.ts";
import {
  fail,
  inconclusive,
  notApplicable,
  pass,
  type Verdict,
  type VerdictKind,
} from "../../harness/judge/verdict.ts";
import { SoakRounds } from "./soak-rounds.ts";

const verdicts: Readonly<Record<VerdictKind, Verdict>> = {
  pass: pass([0]),
  fail: fail("a", "b", [0]),
  inconclusive: inconclusive("nobody knows"),
  "not-applicable": notApplicable("not here"),
};
const kind = fc.constantFrom<VerdictKind[]>("pass", "pass", "fail", "inconclusive", "not-applicable");

/** What each of the case's checks says of each history, by its identity. */
const said = new Map<readonly HistoryEvent[], readonly VerdictKind[]>();
const checkAt = (place: number): Check => ({
  name: `check ${place}`,
  judge: ({ events }) => verdicts[said.get(events)?.[place] ?? "pass"],
});
const asked = caseOf({
  id: "a/b",
  title: "t",
  run: () => Promise.resolve(),
  checks: { R: [checkAt(0), checkAt(1)], S: [checkAt(2)] },
});

const attempts = fc
  .record({ kinds: fc.tuple(kind, kind, kind), heldUp: fc.boolean() })
  .map(({ kinds, heldUp }): Attempt => {
    const events: readonly HistoryEvent[] = [];
    said.set(events, kinds);
    return { alone: false, trouble: null, durationMs: 1, lagMaxMs: heldUp ? 9_999 : 0, events };
  });
const rounds = fc.array(fc.array(attempts, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 20 });

const inRounds = (all: readonly (readonly Attempt[])[]) => {
  const tally = new SoakRounds([asked], profile);
  for (const round of all) tally.add([{ record: judgeCase(asked, round, profile), attempts: round }]);
  return tally.finished();
};

test("rounds come to what all their attempts come to, and keep no more of them than there are checks", () => {
  fc.assert(
    fc.property(rounds, (all) => {
      const [one, ...others] = inRounds(all);
      expect(others).toEqual([]);
      expect(one?.attempts.length).toBeLessThanOrEqual(3);
      const telling = all.flat().filter((attempt) => !saysNothing(asked, attempt, profile));
      const relevant = telling.length > 0 ? telling : all.flat().slice(-1);
      const whole = judgeCase(asked, relevant, profile);
      const counts = ({ verdicts: those }: typeof whole) =>
        those.map(({ kind: what, attempts: n, failedAttempts: k, passedAttempts: p }) => [what, k, n, p]);
      expect(one && counts(one.record)).toEqual(counts(whole));
    }),
  );
});

test("the histories that are kept give the same verdicts again", () => {
  fc.assert(
    fc.property(rounds, (all) => {
      const [one] = inRounds(all);
      const again = judgeCase(asked, one?.attempts ?? [], profile);
      expect(again.verdicts.map((v) => v.kind)).toEqual(one?.record.verdicts.map((v) => v.kind));
    }),
  );
});

test("of a case that always passes the last attempt alone is kept, however many rounds there were", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), (count) => {
      const passing = Array.from({ length: count }, (): Attempt[] => [
        { alone: false, trouble: null, durationMs: 1, lagMaxMs: 0, events: [] },
      ]);
      const [one] = inRounds(passing);
      expect(one?.attempts).toEqual(passing.at(-1));
      expect(one?.record.verdicts[0]).toMatchObject({ kind: "pass", attempts: count, failedAttempts: 0 });
    }),
    { numRuns: 20 },
  );
});
