import type { CaseRecord, CheckRecord } from "../../harness/judge/record.ts";
import type { VerdictKind } from "../../harness/judge/verdict.ts";
import { kindOf } from "../../reports/read/record-queries.ts";
import {
  checkKind,
  columnKey,
  type MutantFinding,
  type MutantResult,
  type UnbrokenResult,
} from "../../reports/kill-matrix/record.ts";
import type { ReferenceServerOptions } from "../../reference-server/options.ts";

/** Mutant, as it declares itself. */
export interface DeclaredMutant {
  readonly name: string;
  readonly description: string;
  readonly breaks: readonly string[];
  readonly alsoBreaks: readonly string[];
  /** Options of its server, and of the unbroken server that it is compared with. */
  readonly options?: Partial<ReferenceServerOptions>;
}

/** Results of one server. */
export interface ServerResult {
  readonly cases: readonly CaseRecord[];
  readonly durationMs: number;
  /** Longest delay of the harness during the run, in milliseconds. */
  readonly lagMaxMs: number;
  /** Reason why its cases could not finish; undefined if they did. */
  readonly trouble?: string | undefined;
}

type CaseVerdict = CheckRecord & { readonly case: string };
type FailedVerdict = Extract<CaseVerdict, { readonly kind: "fail" }>;

/**
 * Judges whether the suite found a mutant. A mutant is killed for its reason if a check of a requirement that it
 * breaks fails, with evidence, in a case that the unbroken server passes. Open cases do not change that.
 * @param unbroken cases of the unbroken server, with the same profile and in the same invocation
 */
export function judgeMutant(
  claim: DeclaredMutant,
  seen: ServerResult,
  unbroken: readonly CaseRecord[],
): MutantResult {
  const sound = new Map(unbroken.map((one) => [one.id, kindOf(one)]));
  const verdicts = seen.cases.flatMap((one) => one.verdicts.map((verdict) => ({ ...verdict, case: one.id })));
  const failures = verdicts.filter((verdict): verdict is FailedVerdict => verdict.kind === "fail");
  const expected = [...claim.breaks, ...claim.alsoBreaks];
  const whyNot = (failure: FailedVerdict) => reasonToDiscount(failure, sound.get(failure.case), expected);
  const counted = failures.filter((failure) => whyNot(failure) === undefined);
  const among = (ids: readonly string[]) =>
    counted.filter(({ requirement }) => ids.includes(requirement)).map(findingOf);
  const found = {
    kills: among(claim.breaks),
    alsoKills: among(claim.alsoBreaks.filter((id) => !claim.breaks.includes(id))),
    unexpected: counted.filter(({ requirement }) => !expected.includes(requirement)).map(findingOf),
  };
  const own = verdicts.filter(({ requirement }) => claim.breaks.includes(requirement));
  return {
    name: claim.name,
    description: claim.description,
    options: { ...claim.options },
    breaks: [...claim.breaks],
    alsoBreaks: [...claim.alsoBreaks],
    ...stateOf(found, own, sound, { ...seen, breaks: claim.breaks }),
    ...found,
    discounted: failures.flatMap((failure) => {
      const why = whyNot(failure);
      return why === undefined ? [] : [{ ...findingOf(failure), why }];
    }),
    judged: judgedIn(verdicts),
    cases: totalsOf(seen.cases.map(kindOf)),
    durationMs: seen.durationMs,
  };
}

/** Judges the run of the unbroken server. */
export function judgeUnbroken(options: object, { cases, durationMs }: ServerResult): UnbrokenResult {
  return {
    options: { ...options },
    cases: totalsOf(cases.map(kindOf)),
    notPassed: cases.flatMap(({ id, verdicts }) =>
      verdicts.flatMap((verdict) => {
        if (verdict.kind !== "fail" && verdict.kind !== "inconclusive") return [];
        const { requirement, check, kind } = verdict;
        return [{ requirement, check, case: id, kind, words: wordsOf(verdict) }];
      }),
    ),
    durationMs,
  };
}

/** Returns the reason why a failure does not count for the mutant; undefined if it counts. */
function reasonToDiscount(
  { requirement, evidence }: FailedVerdict,
  unbroken: VerdictKind | undefined,
  expected: readonly string[],
): string | undefined {
  if (unbroken === "fail") return "the unbroken server fails this case, too";
  if (unbroken !== "pass") return "the unbroken server did not pass this case";
  // Unexpected failures are reported even without evidence.
  if (evidence.length === 0 && expected.includes(requirement)) return "it cites no evidence";
  return undefined;
}

type KillsFound = Pick<MutantResult, "kills" | "alsoKills" | "unexpected">;

function stateOf(
  { kills, alsoKills, unexpected }: KillsFound,
  own: readonly CaseVerdict[],
  sound: ReadonlyMap<string, VerdictKind>,
  { trouble, breaks }: { readonly trouble?: string | undefined; readonly breaks: readonly string[] },
): Pick<MutantResult, "state" | "reason"> {
  if (kills.length > 0) return { state: "killed", reason: null };
  const asked = own.filter(({ kind }) => kind !== "not-applicable");
  const [unasked] = own;
  if (unasked !== undefined && asked.length === 0) return { state: "undecided", reason: whyOpen(unasked) };
  const [other] = [...alsoKills, ...unexpected];
  if (other !== undefined)
    return {
      state: "killed-otherwise",
      reason: `not by ${breaks.join(" or ")}, but by ${other.requirement}: ${other.check} in ${other.case}`,
    };
  if (trouble !== undefined) return { state: "undecided", reason: trouble };
  const [doubtful] = asked;
  if (doubtful === undefined) return { state: "survived", reason: `no case asks for ${breaks.join(" or ")}` };
  const counted = asked.filter((judgement) => sound.get(judgement.case) === "pass");
  const [open] = counted;
  if (counted.some(({ kind }) => kind === "pass"))
    return {
      state: "survived",
      reason: `it passes every check of ${breaks.join(" and ")} that came to a verdict`,
    };
  const why = open === undefined ? whyOpen(doubtful, "the unbroken server did not pass it") : whyOpen(open);
  return { state: "undecided", reason: why };
}

const whyOpen = (open: CaseVerdict, words = wordsOf(open)): string => `${open.case}, ${open.check}: ${words}`;

function wordsOf(verdict: CheckRecord): string {
  switch (verdict.kind) {
    case "pass":
      return "passed";
    case "fail":
      return verdict.evidence.length === 0 ? `${verdict.actual} (without evidence)` : verdict.actual;
    case "inconclusive":
    case "not-applicable":
      return verdict.reason;
  }
}

const findingOf = ({ requirement, check, case: id, expected, actual }: FailedVerdict): MutantFinding => ({
  requirement,
  check,
  case: id,
  expected,
  actual,
});

function judgedIn(verdicts: readonly CaseVerdict[]): MutantResult["judged"] {
  const columns = new Map<string, MutantResult["judged"][number]>();
  for (const { requirement, check, kind } of verdicts) {
    const key = columnKey({ requirement, check });
    const column = columns.get(key) ?? { requirement, check: checkKind(check), ...totalsOf([]) };
    column[kind === "not-applicable" ? "notApplicable" : kind] += 1;
    columns.set(key, column);
  }
  return [...columns.values()];
}

function totalsOf(kinds: readonly VerdictKind[]): MutantResult["cases"] {
  const count = (wanted: VerdictKind) => kinds.filter((kind) => kind === wanted).length;
  return {
    pass: count("pass"),
    fail: count("fail"),
    inconclusive: count("inconclusive"),
    notApplicable: count("not-applicable"),
  };
}
