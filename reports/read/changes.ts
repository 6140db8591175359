import { bindingIds } from "../../harness/judge/outcome.ts";
import type { RunRecord } from "../../harness/judge/record.ts";
import { worst, type VerdictKind } from "../../harness/judge/verdict.ts";
import { groupBy } from "./record-queries.ts";

/** Verdicts on one requirement in one case of two runs; undefined in a run that did not judge it. */
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
  /** Requirements that were decided and are open now. */
  readonly open: readonly VerdictChange[];
  /** Failures that are gone. */
  readonly better: readonly VerdictChange[];
  /** Results of a race that both runs lost in some cases. Chance decides in which ones. */
  readonly race: readonly VerdictChange[];
  /** Other differences, such as cases that only one run had. */
  readonly other: readonly VerdictChange[];
}

/** Requirements whose failures depend on chance, if the server lets an identify race with the end of its session. */
const raceRequirements: ReadonlySet<string> = new Set([
  "IDENTIFY-LEAVES-NO-GHOST",
  "GONE-STAYS-GONE",
  "JOIN-BEFORE-LEAVE",
]);

/** Compares two runs of one target. */
export function changesBetween(before: RunRecord, after: RunRecord): RunChanges {
  const was = verdictsIn(before);
  const is = verdictsIn(after);
  const binding = bindingIds(after);
  const bothLostRaces = [was, is].every((run) =>
    [...run.values()].some(({ isRace, kind }) => isRace && kind === "fail"),
  );
  const failedBefore = new Set(
    [...was.values()].flatMap((asked) => (asked.kind === "fail" ? [asked.case] : [])),
  );
  const all = [...new Set([...was.keys(), ...is.keys()])].flatMap(
    (key): [keyof RunChanges, VerdictChange][] => {
      const [old, now] = [was.get(key), is.get(key)];
      const one = now ?? old;
      if (one === undefined || old?.kind === now?.kind) return [];
      const change = {
        case: one.case,
        requirement: one.requirement,
        was: old?.kind,
        is: now?.kind,
        binding: binding.has(one.requirement),
      };
      const isOutcome = change.is === "fail" || groupOf(change) === "better";
      if (one.isRace && bothLostRaces && isOutcome) return [["race", change]];
      // The time of a leave that never came is inconclusive. That is no new finding.
      const wasMasked = change.was === "inconclusive" && failedBefore.has(change.case);
      return [[wasMasked ? "other" : groupOf(change), change]];
    },
  );
  const groups = groupBy(all, ([group]) => group);
  const of = (name: keyof RunChanges) => (groups.get(name) ?? []).map(([, change]) => change);
  return { worse: of("worse"), open: of("open"), better: of("better"), race: of("race"), other: of("other") };
}

function groupOf({ was, is }: VerdictChange): keyof RunChanges {
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

function verdictsIn({ cases }: RunRecord): ReadonlyMap<string, NamedVerdict> {
  return new Map(
    cases.flatMap(({ id, scenario, axes, verdicts }) =>
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
