import { actorOfCheck, kindOfCheck } from "../../harness/judge/check-kinds.ts";
import { leavesNoGhostKind } from "../../harness/judge/checks/leaves-no-ghost.ts";
import { isSentinel } from "../../harness/history/sessions/sentinels.ts";
import { bindingIds } from "../../harness/judge/outcome.ts";
import type { CaseRecord, CheckRecord, RunRecord } from "../../harness/judge/record.ts";
import { transportTable } from "../../harness/profile/transports.ts";
import { leaverBefore } from "../../harness/history/phase.ts";
import { isEverydayLeave } from "../everyday/answers.ts";
import { acceptedIn } from "../read/case-status.ts";
import { perRecord } from "../read/per-record.ts";
import { checksOf, groupBy, passedRuns, type Checked } from "../read/record-queries.ts";
import { subjectOf } from "../read/subject-of-check.ts";
import { leaveFaultOf, type LeaveFault } from "./leave-fault.ts";

/** One failed check of one case. */
export interface Finding {
  readonly run: CaseRecord;
  readonly check: Checked<"fail">;
}

/** Effect of a group on the outcome: it decides it, it cannot, or the baseline accepts it. */
export type GroupEffect = "binding" | "not binding" | "known";

/** Findings of one requirement, one check and one cause. Each finding is in one group. */
export interface FindingGroup {
  readonly requirement: string;
  /** Id of the check, without its actor. */
  readonly checkId: string;
  /** Fault that ended the session; null if the case has none, or several. */
  readonly cause: string | null;
  /** Way in which the leave was wrong; null for a check that judges no leave. */
  readonly leaveFault: LeaveFault | null;
  readonly effect: GroupEffect;
  /** At least one, the clearest first. */
  readonly findings: readonly [Finding, ...Finding[]];
  /** Cases of the findings, each once. */
  readonly cases: readonly CaseRecord[];
  /** Transports of the cases, in the order of the documentation. */
  readonly transports: readonly string[];
  /** True if the run judged leaves on several transports, and the group has all of them. */
  readonly onEveryTransport: boolean;
  /** Number of cases with a pass or fail of the same kind; null if the causes of some are not on record. */
  readonly judged: number | null;
  /** True for a leave after an everyday ending. */
  readonly isEveryday: boolean;
}

/**
 * Groups the failed checks of a run by requirement, check, cause and way of failing. Binding groups come first, then
 * everyday endings, then groups with more cases.
 */
export const findingGroups = perRecord(groupFindings);

function groupFindings(record: RunRecord): readonly FindingGroup[] {
  const binding = bindingIds(record);
  const acceptedOf = acceptedIn(record);
  const all = record.cases.flatMap((run) => {
    const accepted = acceptedOf(run);
    return checksOf(run, "fail").map((check) => {
      const effect: GroupEffect = accepted.has(check)
        ? "known"
        : binding.has(check.requirement)
          ? "binding"
          : "not binding";
      const leaveFault = leaveFaultOf(run, check);
      return { run, check, effect, leaveFault, cause: causeOf(run, check) };
    });
  });
  const withLeaves = record.cases.filter((run) => endsOf(run).length > 0);
  const allTransports = transportsOf(withLeaves);
  const grouped = groupBy(all, ({ check, effect, leaveFault, cause }) =>
    JSON.stringify([effect, check.requirement, kindOfCheck(check.check).id, cause, leaveFault]),
  );
  return [...grouped.values()]
    .flatMap((members): FindingGroup[] => {
      const [first, ...others] = members.toSorted(byClarity);
      if (first === undefined) return [];
      const { check, effect, leaveFault, cause } = first;
      const checkId = kindOfCheck(check.check).id;
      const findings = [first, ...others] as const;
      const cases = [...new Set(findings.map(({ run }) => run))];
      const transports = transportsOf(cases);
      return [
        {
          ...{ requirement: check.requirement, checkId, cause, leaveFault, effect },
          findings,
          cases,
          transports,
          onEveryTransport:
            allTransports.length > 1 && allTransports.every((one) => transports.includes(one)),
          judged: judgedCases(record, { requirement: check.requirement, checkId, cause }),
          isEveryday: members.some(({ run, check: one }) => isEverydayLeave(run, one)),
        },
      ];
    })
    .sort((a, b) => rankOf(a) - rankOf(b) || b.cases.length - a.cases.length);
}

/** Returns a lookup of the group of a failed check. */
export function groupLookup(record: RunRecord): (check: Checked<"fail">) => FindingGroup | undefined {
  const groups = new Map(
    findingGroups(record).flatMap((group) => group.findings.map(({ check }) => [check, group] as const)),
  );
  return (check) => groups.get(check);
}

const order = Object.keys(transportTable);

function transportsOf(cases: readonly CaseRecord[]): readonly string[] {
  const names = new Set(cases.flatMap(({ axes }) => axes["transport"] ?? []));
  return [...names].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

const effects: readonly GroupEffect[] = ["binding", "not binding", "known"];
/** Missing leaves come before the ghosts of clients that left while they joined, which often follow from them. */
const rankOf = ({ effect, isEveryday, checkId }: FindingGroup): number =>
  3 * effects.indexOf(effect) + (isEveryday ? (checkId === leavesNoGhostKind.id ? 1 : 0) : 2);

/**
 * Compares findings by clarity: cases that never passed first, then cases with fewer failed checks, then those with
 * shorter histories.
 */
function byClarity(a: Finding, b: Finding): number {
  const failed = ({ run }: Finding) => checksOf(run, "fail").length;
  // A case without a history comes last.
  const events = ({ run }: Finding) => run.timeline?.length ?? Number.MAX_SAFE_INTEGER;
  return passedRuns(a.check) - passedRuns(b.check) || failed(a) - failed(b) || events(a) - events(b);
}

/** Returns the fault that a check of a case is about. A random history has many, and none is its cause. */
function causeOf(run: CaseRecord, check: CheckRecord): string | null {
  if (run.steps !== undefined) return null;
  const actor = subjectOf(run, check);
  const timed = endsOf(run).find((one) => one.actor === actor);
  if (timed !== undefined) return timed.cause;
  const faults = (run.timeline ?? []).flatMap((event) => (event.kind === "fault-injected" ? event : []));
  const own = faults.find((event) => event.actor === actor && event.ends !== "not");
  return (
    (own ?? faults.find((event) => event.actor !== leaverBefore && !isSentinel(event.actor)))?.fault ?? null
  );
}

const endsOf = ({ detections, missed = [] }: CaseRecord) => [...missed, ...detections];

/** Counts the cases that a check judged after the same cause. A passed case shows its cause only by its leaves. */
function judgedCases(
  { cases }: RunRecord,
  { requirement, checkId, cause }: Pick<FindingGroup, "requirement" | "checkId" | "cause">,
): number | null {
  if (cause === null) return null;
  const causes = cases.map((run) =>
    run.verdicts
      .filter((one) => one.requirement === requirement && kindOfCheck(one.check).id === checkId)
      .filter(({ kind }) => kind === "pass" || kind === "fail")
      .map((one) => (one.kind === "fail" || hasEndOf(run, one.check) ? causeOf(run, one) : undefined)),
  );
  if (causes.some((some) => some.includes(undefined))) return null;
  return causes.filter((some) => some.includes(cause)).length;
}

function hasEndOf(run: CaseRecord, check: string): boolean {
  const actor = actorOfCheck(check);
  return endsOf(run).some((one) => one.actor === actor);
}
