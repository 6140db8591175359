import type { RunRecord } from "../../harness/judge/record.ts";
import { perRecord } from "../read/per-record.ts";
import { groupBy } from "../read/record-queries.ts";
import { apart } from "./apart.ts";
import { cellsOf, questionOf, type Cell } from "./cells.ts";
import type { Cause } from "./cause.ts";
import { knownCauses } from "./known-causes.ts";
import { candidatesIn, weightsIn, type Candidate } from "./weigh.ts";

/** A probable cause of failures in a run. */
export interface Diagnosis {
  /** Name of the cause: a rule or a mutant. */
  readonly cause: string;
  /** The cause in one sentence. */
  readonly sentence: string;
  readonly confidence: Confidence;
  /** Failures that the cause explains and no diagnosis before it does. */
  readonly explains: readonly ExplainedFailure[];
  /** What would tell it from the next candidate, in one or two sentences; undefined where no other comes close. */
  readonly apart?: string;
  /** Id of the requirement whose advice, if there is some, fixes the cause. */
  readonly advice?: string;
}

export type Confidence = "very likely" | "likely";

/** A failed question: a kind of check, without its actors, of a requirement in a case. */
export interface ExplainedFailure {
  readonly case: string;
  readonly requirement: string;
  readonly check: string;
}

/** Maximum number of diagnoses. */
const diagnosesMax = 5;

/** Limits of the confidence. docs/design/diagnosis.md explains them. */
const limits = {
  /** Smallest number of cells that a cause explains. One is enough for the first cause, if it is the only one of its scenario. */
  cells: 2,
  /** Largest share of contradicted weight in what a cause predicts to fail. */
  contradicted: { likely: 0.2, "very likely": 0.02 },
  /** Score of another candidate for the same failures, as a share of the best one's, from which it is a rival. */
  rival: 0.85,
  /** Smallest share of what a cause explains that no cause before it explains. */
  news: 0.5,
  /** Smallest explained weight, as a share of the failures that nothing explains. Their cause may be that of a few others, too. */
  rest: 0.3,
  /** Smallest number of scenarios in which a signature explains failures. A rule looks at more than verdicts. */
  scenarios: 3,
  /**
   * Smallest share of the failures of the same questions: that a likely cause explains of those still open, and that all diagnoses together
   * explain beside a very likely one.
   */
  covered: { likely: 0.5, "very likely": 0.9 },
} as const;

/**
 * Returns the few causes that together explain most failures of a run, the one that explains the most first. Leaves out
 * failures with a doubtful cause.
 * @param causes the known ones by default
 */
export function diagnose(record: RunRecord, causes?: readonly Cause[]): readonly Diagnosis[] {
  const facts = { record, cells: cellsOf(record) };
  const failed = facts.cells.filter((cell) => cell.failed);
  // The known causes need not be read then.
  if (failed.length === 0) return [];
  const weigh = weightsIn(facts);
  const all = chooseCauses(candidatesIn(facts, causes ?? knownCauses()), failed, weigh);
  const explained = new Set(all.flatMap(({ own }) => own));
  const restMax = limits.rest * weigh(failed.filter((cell) => !explained.has(cell)));
  const chosen = all.filter(({ best, own }) => best.isShown === true || weigh(own) >= restMax);
  return chosen.map((one) => {
    const { cause, sentence } = one.best;
    const rival = one.rivals[0];
    const advice = cause.advice ?? (cause.isRule === true ? undefined : mostFailed(one.own));
    return {
      cause: cause.id,
      sentence,
      confidence: confidenceOf(one, failed, explained, weigh),
      explains: one.own.map(({ run, requirement, check }) => ({ case: run.id, requirement, check })),
      ...(rival === undefined ? {} : { apart: apart(one.best, rival, facts) }),
      ...(advice === undefined ? {} : { advice }),
    };
  });
}

/** `diagnose` with the known causes. */
export const diagnosesIn = perRecord((record: RunRecord) => diagnose(record));

/** Returns the requirement that most of the failures broke. Advice on it, if there is some, fits a cause that has none of its own. */
function mostFailed(own: readonly Cell[]): string | undefined {
  const groups = [...groupBy(own, ({ requirement }) => requirement)];
  return groups.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

type Weigh = (cells: readonly Cell[]) => number;

interface Choice {
  readonly best: Candidate;
  /** Failures that no choice before explains. */
  readonly own: readonly Cell[];
  /** Other candidates that explain nearly as much, the nearest first. */
  readonly rivals: readonly Candidate[];
}

/** Chooses the candidate with the highest score, again and again, for the failures that are still open. */
function chooseCauses(candidates: readonly Candidate[], failed: readonly Cell[], weigh: Weigh): Choice[] {
  let open: ReadonlySet<Cell> = new Set(failed);
  const chosen: Choice[] = [];
  const left = new Set(candidates.filter((one) => contradiction(one, weigh) <= limits.contradicted.likely));
  while (chosen.length < diagnosesMax) {
    const isMuch = (own: readonly Cell[]) =>
      own.length >= limits.cells || (chosen.length === 0 && weigh(own) >= 1);
    const ranked = [...left]
      .map((candidate) => {
        const among = candidate.isShown === true ? new Set(candidate.explained) : open;
        return { candidate, ...scoreOf(candidate, among, weigh) };
      })
      .filter(({ score, own }) => score > 0 && isMuch(own))
      .sort((a, b) => b.score - a.score || detailOf(b.candidate) - detailOf(a.candidate));
    const [first] = ranked;
    if (first === undefined) break;
    const same = new Set(first.own);
    const near = ranked.filter(
      ({ candidate }) => scoreOf(candidate, same, weigh).score >= limits.rival * first.score,
    );
    const best = near.reduce((one, other) => (saysMore(other.candidate, one.candidate) ? other : one), first);
    const rivals = near
      .filter((one) => one !== best && !saysMore(best.candidate, one.candidate))
      .map(({ candidate }) => candidate);
    const choice = { best: best.candidate, own: best.own, rivals };
    left.delete(best.candidate);
    if (!isEnough(choice, [...open, ...best.own], weigh)) continue;
    open = new Set([...open].filter((cell) => !best.own.includes(cell)));
    if (isClear(choice)) chosen.push(choice);
  }
  return chosen;
}

/** Ranks what a candidate says: a general rule, a mutant, a rule that looks at more than verdicts. */
const detailOf = ({ cause, isGeneral }: Candidate): number =>
  isGeneral === true ? 0 : cause.isRule === true ? 2 : 1;

/** Returns true if both are of one class, and the first says more. It then stands for the other. */
const saysMore = (one: Candidate, other: Candidate): boolean =>
  one.cause.class === other.cause.class && detailOf(one) > detailOf(other);

/** Scores a candidate: the weight of the open failures that it explains, minus that of the passes that it contradicts. */
function scoreOf({ explained, contradicted }: Candidate, open: ReadonlySet<Cell>, weigh: Weigh) {
  const own = explained.filter((cell) => open.has(cell));
  return { own, score: weigh(own) - weigh(contradicted) };
}

const contradiction = ({ explained, contradicted }: Candidate, weigh: Weigh): number =>
  weigh(contradicted) / (weigh(explained) + weigh(contradicted));

/**
 * Returns true if the choice explains most of the open failures like its own and most of those in its cases, and most of what it explains is
 * new.
 */
function isEnough({ best, own }: Choice, open: readonly Cell[], weigh: Weigh): boolean {
  const runs = new Set(own.map(({ run }) => run));
  const inItsCases = [...new Set(open)].filter(({ run }) => runs.has(run));
  return (
    weigh(own) >= limits.news * weigh(best.explained) &&
    weigh(own) >= limits.covered.likely * weigh(alike(own, open)) &&
    own.length >= limits.covered.likely * inItsCases.length
  );
}

/** Returns true if at most one candidate of another class explains nearly as much. */
const isClear = ({ best, rivals }: Choice): boolean =>
  rivals.filter(({ cause }) => cause.class !== best.cause.class).length <= 1;

/** Returns the failures of the same questions. */
function alike(own: readonly Cell[], failed: readonly Cell[]): readonly Cell[] {
  const questions = new Set(own.map(questionOf));
  return [...new Set(failed)].filter((cell) => questions.has(questionOf(cell)));
}

function confidenceOf(
  { best, own, rivals }: Choice,
  failed: readonly Cell[],
  explained: ReadonlySet<Cell>,
  weigh: Weigh,
): Confidence {
  const same = alike(own, failed);
  const scenarios = new Set(own.map(({ run }) => run.scenario));
  const isSure =
    best.isGuess !== true &&
    rivals.length === 0 &&
    (best.cause.isRule === true || scenarios.size >= limits.scenarios) &&
    contradiction(best, weigh) <= limits.contradicted["very likely"] &&
    weigh(same.filter((cell) => explained.has(cell))) >= limits.covered["very likely"] * weigh(same);
  return isSure ? "very likely" : "likely";
}
