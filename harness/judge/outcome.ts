import { kindOfCheck } from "./check-kinds.ts";
import { profileMismatch } from "./profile-mismatch.ts";
import type { CaseRecord, Outcome, RunRecord } from "./record.ts";
import type { Requirement } from "./requirement.ts";
import { worst, type VerdictKind } from "./verdict.ts";

type Waivers = RunRecord["waivers"];

/** The result of a run. */
export interface RunConclusion {
  readonly outcome: Outcome;
  readonly exitCode: 0 | 1 | 3;
  readonly musts: RunRecord["musts"];
  readonly totals: RunRecord["totals"];
  readonly requirements: RunRecord["requirements"];
  /** Reasons beside the verdicts why the run is incomplete. */
  readonly notes: readonly string[];
}

/**
 * Returns the result of a run by its cases' verdicts. A failed MUST makes the run nonconformant, unless it is a declared one that
 * the profile waives. The run is incomplete where a MUST stayed inconclusive, where no case judged a leave or an absence, and
 * where all failures may come from a profile that describes the notices wrongly.
 * @param strict counts SHOULD as MUST
 */
export function conclude(
  cases: readonly CaseRecord[],
  catalogue: readonly Requirement[],
  { waivers, strict }: { readonly waivers: Waivers; readonly strict: boolean },
): RunConclusion {
  const verdicts = cases.flatMap((one) => one.verdicts);
  const requirements = catalogue.flatMap((requirement) => {
    const own = verdicts.filter((verdict) => verdict.requirement === requirement.id);
    return own.length === 0 ? [] : [{ ...requirement, verdict: worst(own.map(({ kind }) => kind)) }];
  });
  const binding = requirements.filter(binds({ waivers, strict }));
  const is = (kind: VerdictKind) => binding.some(({ verdict }) => verdict === kind);
  const ids = new Set(binding.map(({ id }) => id));
  const failed = verdicts.filter(({ kind, requirement }) => kind === "fail" && ids.has(requirement));
  const misfit = profileMismatch(cases, failed);
  const notes = [...(misfit === undefined ? [] : [misfit]), ...missingKinds(cases)];
  const outcome: Outcome =
    is("fail") && misfit === undefined
      ? "nonconformant"
      : is("inconclusive") || notes.length > 0
        ? "incomplete"
        : "conformant";
  return {
    outcome,
    exitCode: outcome === "conformant" ? 0 : outcome === "nonconformant" ? 1 : 3,
    musts: {
      judged: binding.filter(({ verdict }) => verdict === "pass" || verdict === "fail").length,
      total: binding.length,
    },
    totals: totalsOf(cases),
    requirements,
    notes,
  };
}

/** Returns a test for requirements whose failure makes a run nonconformant. Waivers hold for declared requirements only. */
export const binds =
  ({ waivers, strict }: Pick<RunRecord, "waivers" | "strict">) =>
  ({ id, level, basis }: Pick<Requirement, "id" | "level" | "basis">): boolean =>
    (level === "MUST" || (strict && level === "SHOULD")) &&
    !(basis === "declared" && waivers.some((waiver) => waiver.requirement === id));

/** Returns the ids of the requirements whose failure makes a run nonconformant. */
export const bindingIds = (
  record: Pick<RunRecord, "requirements" | "waivers" | "strict">,
): ReadonlySet<string> => new Set(record.requirements.filter(binds(record)).map(({ id }) => id));

// Stored records contain these texts, and `recheck` finds them there.
const noLeave = "No case judged whether a leave is heard, so this run is not complete.";
const noAbsence = "No case judged the absence of a leave, so this run is not complete.";

/** All notes on why a run is incomplete. */
export const incompleteness: readonly string[] = [noLeave, noAbsence];

/** A run without a judged leave, or without a judged absence of one, has not tested disconnect detection. */
function missingKinds(cases: readonly CaseRecord[]): string[] {
  const judged = cases
    .flatMap(({ verdicts }) => verdicts)
    .filter(({ kind }) => kind === "pass" || kind === "fail")
    .map(({ check }) => kindOfCheck(check));
  return [
    ...(judged.some(({ provesLeave }) => provesLeave) ? [] : [noLeave]),
    ...(judged.some(({ provesAbsence }) => provesAbsence) ? [] : [noAbsence]),
  ];
}

function totalsOf(cases: readonly CaseRecord[]): RunRecord["totals"] {
  const kinds = cases.map(({ verdicts }) => worst(verdicts.map(({ kind }) => kind)));
  const count = (wanted: VerdictKind) => kinds.filter((kind) => kind === wanted).length;
  return {
    pass: count("pass"),
    fail: count("fail"),
    inconclusive: count("inconclusive"),
    notApplicable: count("not-applicable"),
  };
}
