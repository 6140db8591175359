import { whyNothingMatched } from "./profile-mismatch.ts";
import type { CaseRecord, Outcome, RunRecord } from "./record.ts";
import type { Requirement } from "./requirement.ts";
import { worst, type VerdictKind } from "./verdict.ts";

type Waivers = RunRecord["waivers"];

/** What a run comes to. */
export interface Conclusion {
  readonly outcome: Outcome;
  readonly exitCode: 0 | 1 | 3;
  readonly musts: RunRecord["musts"];
  readonly totals: RunRecord["totals"];
  readonly requirements: RunRecord["requirements"];
  /** What the run as a whole lacks, beyond its cases' verdicts. */
  readonly notes: readonly string[];
}

/**
 * Concludes from the cases' verdicts. A failed MUST makes the run nonconformant, unless it is a declared one that the
 * profile waives. A MUST that nothing could decide makes it incomplete, and so does a run that judged no leave or no
 * absence at all. So is one whose failures may all come of a profile that describes no notice rightly.
 * @param strict counts SHOULD as MUST
 */
export function conclude(
  cases: readonly CaseRecord[],
  catalogue: readonly Requirement[],
  { waivers, strict }: { readonly waivers: Waivers; readonly strict: boolean },
): Conclusion {
  const verdicts = cases.flatMap((one) => one.verdicts);
  const requirements = catalogue.flatMap((requirement) => {
    const own = verdicts.filter((verdict) => verdict.requirement === requirement.id);
    return own.length === 0 ? [] : [{ ...requirement, verdict: worst(own.map(({ kind }) => kind)) }];
  });
  const binding = requirements.filter(binds({ waivers, strict }));
  const is = (kind: VerdictKind) => binding.some(({ verdict }) => verdict === kind);
  const ids = new Set(binding.map(({ id }) => id));
  const failed = verdicts.filter(({ kind, requirement }) => kind === "fail" && ids.has(requirement));
  const misfit = whyNothingMatched(cases, failed);
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

/** Whether a requirement's failure makes a run nonconformant. Waivers hold for declared ones only. */
export const binds =
  ({ waivers, strict }: Pick<RunRecord, "waivers" | "strict">) =>
  ({ id, level, basis }: Pick<Requirement, "id" | "level" | "basis">): boolean =>
    (level === "MUST" || (strict && level === "SHOULD")) &&
    !(basis === "declared" && waivers.some((waiver) => waiver.requirement === id));

/** The requirements of a run whose failure makes it nonconformant, by id. */
export const bindingIds = (
  record: Pick<RunRecord, "requirements" | "waivers" | "strict">,
): ReadonlySet<string> => new Set(record.requirements.filter(binds(record)).map(({ id }) => id));

const noLeave = "No case judged whether a leave is heard, so this run is not complete.";
const noAbsence = "No case judged the absence of a leave, so this run is not complete.";

/** Every note that says what a run as a whole lacks. */
export const incompleteness: readonly string[] = [noLeave, noAbsence];

/** A run that judged no leave, or no absence of one, has not looked at disconnect detection at all. */
function missingKinds(cases: readonly CaseRecord[]): string[] {
  const decided = cases
    .flatMap(({ verdicts }) => verdicts)
    .filter(({ kind }) => kind === "pass" || kind === "fail");
  const judged = (check: string) => decided.some((verdict) => verdict.check.startsWith(check));
  return [...(judged("heard-by-all") ? [] : [noLeave]), ...(judged("no-false-leave") ? [] : [noAbsence])];
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
