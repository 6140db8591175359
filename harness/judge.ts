import { wrongAnywhere } from "./anywhere.ts";
import type { Check, Evidence } from "./check.ts";
import { expectedLeaves } from "./leaves.ts";
import { ofKind, witnessOf } from "./oracle.ts";
import type { Detection, Missed } from "./record.ts";
import type { Case, Checks } from "./scenario.ts";
import { inconclusive, type Verdict } from "./verdict.ts";

export type Judgement = Verdict & { readonly requirement: string; readonly check: string };

export interface Circumstances extends Evidence {
  /** Why the scenario could not be carried out to its end, if it could not. */
  readonly trouble: string | undefined;
}

/** What a case is judged by. */
type Asked = Pick<Case, "checks" | "expects">;

/**
 * Judges one case's history by each of its checks, and by those that it may fail without asking them. Pure: a stored history
 * gives the same again.
 */
export function judge(asked: Asked, circumstances: Circumstances): Judgement[] {
  const doubt = doubtAbout(asked, circumstances);
  const judged = (checks: Checks) =>
    Object.entries(checks).flatMap(([requirement, own]) =>
      own.map((check) => ({
        ...judgeInDoubt(check, circumstances, doubt),
        requirement,
        check: check.name,
      })),
    );
  const verdicts = judged(asked.checks);
  const unasked = judged(wrongAnywhere).filter(
    (found) => found.kind === "fail" && !verdicts.some((own) => own.check === found.check),
  );
  return [...verdicts, ...unasked];
}

/** Returns true for two verdicts of one check for one requirement. */
export const isSameCheck = (
  a: Pick<Judgement, "requirement" | "check">,
  b: Pick<Judgement, "requirement" | "check">,
): boolean => a.requirement === b.requirement && a.check === b.check;

/** In doubt nothing is concluded, except from what an invariant has seen broken already. */
function judgeInDoubt(check: Check, evidence: Evidence, doubt: string | undefined): Verdict {
  if (doubt === undefined) return judgeOne(check, evidence);
  const verdict = check.invariant === true ? judgeOne(check, evidence) : undefined;
  return verdict?.kind === "fail" ? verdict : inconclusive(doubt);
}

/** Why nothing can be concluded from this history, whatever the checks say. */
function doubtAbout({ expects }: Asked, circumstances: Circumstances): string | undefined {
  if (circumstances.trouble !== undefined) return circumstances.trouble;
  const { events } = circumstances;
  const unwitnessed = ofKind(events, "fault-injected").find(
    (fault) => witnessOf(events, fault) === undefined,
  );
  if (unwitnessed !== undefined) {
    return `nothing shows that ${unwitnessed.fault} took effect on ${unwitnessed.actor}`;
  }
  for (const precondition of expects) {
    const verdict = judgeOne(precondition, circumstances);
    if (verdict.kind === "fail") return `${precondition.name} does not hold: ${verdict.actual}`;
    if (verdict.kind === "inconclusive") return `${precondition.name}: ${verdict.reason}`;
  }
  return undefined;
}

function judgeOne(check: Check, evidence: Evidence): Verdict {
  try {
    return check.judge(evidence);
  } catch (error) {
    return inconclusive(`the check itself failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Returns how long each observer took to hear of each end, beside the window in which that was due. */
export function detectionsIn({ events, profile }: Evidence): Detection[] {
  return expectedLeaves(events, profile).flatMap(({ session, end, observer, window, leave }) => {
    if (window === undefined || leave === undefined) return [];
    const sinceMs = session.witness?.effectAtMs ?? end.atMs;
    return {
      actor: session.actor,
      observer,
      cause: end.fault,
      latencyMs: Math.max(0, leave.atMs - sinceMs),
      earliestMs: window.earliestMs === null ? null : Math.max(0, window.earliestMs - sinceMs),
      latestMs: window.latestMs - sinceMs,
    };
  });
}

/** Returns the ends of which an observer was told nothing, each with the time in which that was due. */
export function missedIn({ events, profile }: Evidence): Missed[] {
  return expectedLeaves(events, profile).flatMap(({ session, end, observer, window, leave }) =>
    window === undefined || leave !== undefined
      ? []
      : {
          actor: session.actor,
          observer,
          cause: end.fault,
          latestMs: window.latestMs - (session.witness?.effectAtMs ?? end.atMs),
        },
  );
}
