import { judgeCase } from "../../harness/judge/attempts/judge-case.ts";
import type { Attempt } from "../../harness/judge/attempts/judged-attempt.ts";
import type { Check } from "../../harness/judge/check.ts";
import { caseOf } from "../../harness/scenario/scenario.ts";
import type { Checks } from "../../harness/judge/judged-case.ts";
import { arrives, ends, hears, profile, written } from "./written.ts";
import { fail, inconclusive, pass, type Verdict } from "../../harness/judge/verdict.ts";

export const plain: Attempt["events"] = written(...arrives("alice", 0), ...ends("alice", 1));
export const strange = written(...arrives("alice", 0), hears("alice", "leave", "ghost", 1, "nobody"));

/** Verdicts that `check` gives to histories, by identity. */
export const said = new Map<Attempt["events"], Verdict>();

export const check = (timed: boolean): Check => ({
  name: "a-check",
  timed,
  judge: ({ events }) => said.get(events) ?? pass([0]),
});
export const asking = (checks: Checks) =>
  caseOf({ id: "a/b", title: "t", run: () => Promise.resolve(), checks });
export const asked = (timed = false) => asking({ R: [check(timed)] });

export function attempt(
  verdict: Verdict,
  { events = plain, lagMaxMs = 0, alone = false, sideBySide = 1, trouble = null as string | null } = {},
): Attempt {
  const own = [...events];
  said.set(own, verdict);
  return { alone, sideBySide, trouble, durationMs: 1, lagMaxMs, events: own };
}
export const verdictOf = (...attempts: Attempt[]) => judgeCase(asked(), attempts, profile).verdicts[0];

export const wrong = fail("a", "b", [1]);
export const open = inconclusive("nobody knows");
