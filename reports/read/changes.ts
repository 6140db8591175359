import { bindingIds } from "../../harness/judge/outcome.ts";
import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { universalChecks } from "../../harness/judge/universal-checks.ts";
import { worst, type VerdictKind } from "../../harness/judge/verdict.ts";
import { groupBy } from "./record-queries.ts";

/** Verdicts on one requirement in one case of two runs; undefined in a run whose case does not have the requirement. */
export interface VerdictChange {
  readonly case: string;
  readonly requirement: string;
  readonly was: VerdictKind | undefined;
  readonly is: VerdictKind | undefined;
  /** True if its failure would make the later run nonconformant. */
  readonly binding: boolean;
}

/** Differences between an earlier and a later run. */
export interface RunChanges {
  /** New failures. */
  readonly worse: readonly VerdictChange[];
  /** Requirements that did not apply in the earlier run, and passed or failed in the later one. */
  readonly newlyJudged: readonly VerdictChange[];
  /** Requirements that were decided and are open now. */
  readonly open: readonly VerdictChange[];
  /** Failures that are gone. */
  readonly better: readonly VerdictChange[];
  /** Results of a race that both runs lost in some cases. Chance decides in which ones. */
  readonly race: readonly VerdictChange[];
  /** Other differences, such as requirements that no longer apply. */
  readonly other: readonly VerdictChange[];
  /** Number of cases that one of the runs did not include: another tier, `--grep`, a shard, an interruption, no browser. */
  readonly notCompared: number;
}

/** Requirements whose failures depend on chance, if the server lets an identify race with the end of its session. */
export const raceRequirements: ReadonlySet<string> = new Set([
  "IDENTIFY-LEAVES-NO-GHOST",
  "GONE-STAYS-GONE",
  "JOIN-BEFORE-LEAVE",
]);

/** Compares two runs of one target. */
export function changesBetween(before: RunRecord, after: RunRecord): RunChanges {
  const [ranBefore, ranAfter] = [casesIncluded(before, after), casesIncluded(after, before)];
  const inBoth = new Set([...ranBefore].filter((id) => ranAfter.has(id)));
  const was = verdictsIn(before, inBoth);
  const is = verdictsIn(after, inBoth);
  const binding = bindingIds(after);
  const bothLostRaces = [was, is].every((run) =>
    [...run.values()].some(({ isRace, kind }) => isRace && kind === "fail"),
  );
  const failedBefore = new Set(
    [...was.values()].flatMap((asked) => (asked.kind === "fail" ? [asked.case] : [])),
  );
  const all = [...new Set([...was.keys(), ...is.keys()])].flatMap((key): [ChangeGroup, VerdictChange][] => {
    const [old, now] = [was.get(key), is.get(key)];
    const one = now ?? old;
    if (one === undefined || old?.kind === now?.kind) return [];
    // The record leaves out a universal check that passed.
    const missing = one.requirement in universalChecks ? "pass" : undefined;
    const change = {
      case: one.case,
      requirement: one.requirement,
      was: old?.kind ?? missing,
      is: now?.kind ?? missing,
      binding: binding.has(one.requirement),
    };
    const isOutcome = change.is === "fail" || groupOf(change) === "better";
    if (one.isRace && bothLostRaces && isOutcome) return [["race", change]];
    // The time of a leave that never came is inconclusive. That is no new finding.
    const wasMasked = change.was === "inconclusive" && failedBefore.has(change.case);
    return [[wasMasked ? "other" : groupOf(change), change]];
  });
  const groups = groupBy(all, ([group]) => group);
  const of = (name: ChangeGroup) => (groups.get(name) ?? []).map(([, change]) => change);
  return {
    worse: of("worse"),
    newlyJudged: of("newlyJudged"),
    open: of("open"),
    better: of("better"),
    race: of("race"),
    other: of("other"),
    notCompared: ranBefore.size + ranAfter.size - 2 * inBoth.size,
  };
}

type ChangeGroup = Exclude<keyof RunChanges, "notCompared">;

/**
 * Returns the ids of the cases that a run included. A browser case of a run without a browser is not among them, if the other run
 * had one.
 */
function casesIncluded(record: RunRecord, other: RunRecord): Set<string> {
  const lacksBrowser = record.environment.browser === null && other.environment.browser !== null;
  const wasPlayed = ({ verdicts }: CaseRecord) => verdicts.some(({ attempts }) => attempts > 0);
  const playedThere = new Set(other.cases.filter(wasPlayed).map(({ id }) => id));
  return new Set(
    record.cases
      .filter((one) => wasPlayed(one) || !(lacksBrowser && playedThere.has(one.id)))
      .map(({ id }) => id),
  );
}

function groupOf({ was, is }: VerdictChange): ChangeGroup {
  if ((was === undefined || was === "not-applicable") && (is === "pass" || is === "fail"))
    return "newlyJudged";
  if (is === "fail") return "worse";
  if (is === "inconclusive" && (was === "pass" || was === "fail")) return "open";
  return was === "fail" && is === "pass" ? "better" : "other";
}

interface NamedVerdict {
  readonly case: string;
  readonly requirement: string;
  readonly kind: VerdictKind;
  readonly isRace: boolean;
}

function verdictsIn({ cases }: RunRecord, included: ReadonlySet<string>): ReadonlyMap<string, NamedVerdict> {
  return new Map(
    cases
      .filter(({ id }) => included.has(id))
      .flatMap(({ id, scenario, axes, verdicts }) =>
        [...groupBy(verdicts, ({ requirement }) => requirement)].map(([requirement, checks]) => [
          `${requirement} ${id}`,
          {
            case: id,
            requirement,
            kind: worst(checks.map(({ kind }) => kind)),
            isRace:
              raceRequirements.has(requirement) &&
              (axes["phase"] === "identifying" || scenario.startsWith("properties/")),
          },
        ]),
      ),
  );
}
