import type { RunRecord } from "../../harness/judge/record.ts";
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
  /** Id of the requirement whose advice fixes the cause. */
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
  /** Smallest explained weight: one question of one scenario. */
  explained: 1,
  /** Largest share of contradicted weight in what a cause predicts to fail. */
  contradicted: { likely: 0.2, "very likely": 0.02 },
  /** Score of another candidate, as a share of the best one's, from which it is a rival. */
  rival: 0.85,
  /** Smallest explained weight of a very likely cause. */
  explainedSurely: 2.5,
  /** Smallest share of the failures of the same questions that the diagnoses explain together. */
  covered: 0.9,
} as const;

/**
 * Returns the few causes that together explain most failures of a run, the one that explains the most first. Returns nothing about failures
 * whose cause is doubtful.
 */
export function diagnose(
  record: RunRecord,
  causes: readonly Cause[] = knownCauses(),
): readonly Diagnosis[] {
  const facts = { record, cells: cellsOf(record) };
  const weigh = weightsIn(facts);
  const chosen = chooseCauses(candidatesIn(facts, causes), facts.cells, weigh);
  const explained = new Set(chosen.flatMap(({ own }) => own));
  return chosen.map((one) => {
    const { cause, sentence } = one.best;
    const rival = one.rivals[0];
    return {
      cause: cause.id,
      sentence,
      confidence: confidenceOf(one, facts.cells, explained, weigh),
      explains: one.own.map(({ run, requirement, check }) => ({ case: run.id, requirement, check })),
      ...(rival === undefined ? {} : { apart: apart(one.best, rival, facts) }),
      ...(cause.advice === undefined ? {} : { advice: cause.advice }),
    };
  });
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
function chooseCauses(candidates: readonly Candidate[], cells: readonly Cell[], weigh: Weigh): Choice[] {
  let open = new Set(cells.filter(({ failed }) => failed));
  const chosen: Choice[] = [];
  while (chosen.length < diagnosesMax) {
    const ranked = candidates
      .map((candidate) => ({ candidate, ...scoreOf(candidate, open, weigh) }))
      .filter(({ score, own }) => score > 0 && weigh(own) >= limits.explained)
      .sort(
        (a, b) =>
          b.score - a.score ||
          Number(b.candidate.cause.isRule === true) - Number(a.candidate.cause.isRule === true),
      );
    const [first] = ranked;
    if (first === undefined) break;
    const near = ranked.filter(({ score }) => score >= limits.rival * first.score);
    const best = near.find(({ candidate }) => isRuleOf(candidate, first.candidate)) ?? first;
    const rivals = near
      .filter((one) => one !== best && !isRuleOf(best.candidate, one.candidate))
      .map(({ candidate }) => candidate);
    open = new Set([...open].filter((cell) => !best.own.includes(cell)));
    if (isPlausible(best.candidate, rivals, weigh))
      chosen.push({ best: best.candidate, own: best.own, rivals });
  }
  return chosen;
}

/** Returns true if the first candidate is a rule that stands for the second one: it is of the same class and says more. */
const isRuleOf = ({ cause: rule }: Candidate, { cause: other }: Candidate): boolean =>
  rule.isRule === true && other.isRule !== true && rule.class === other.class;

/** Scores a candidate: the weight of the open failures that it explains, minus that of the passes that it contradicts. */
function scoreOf({ explained, contradicted }: Candidate, open: ReadonlySet<Cell>, weigh: Weigh) {
  const own = explained.filter((cell) => open.has(cell));
  return { own, score: weigh(own) - weigh(contradicted) };
}

const contradiction = ({ explained, contradicted }: Candidate, weigh: Weigh): number =>
  weigh(contradicted) / (weigh(explained) + weigh(contradicted));

/** Returns true if few passes speak against the candidate, and no candidate of another class explains as much. */
function isPlausible(best: Candidate, rivals: readonly Candidate[], weigh: Weigh): boolean {
  const otherClasses = rivals.filter(({ cause }) => cause.class !== best.cause.class);
  return contradiction(best, weigh) <= limits.contradicted.likely && otherClasses.length <= 1;
}

function confidenceOf(
  { best, own, rivals }: Choice,
  cells: readonly Cell[],
  explained: ReadonlySet<Cell>,
  weigh: Weigh,
): Confidence {
  const questions = new Set(own.map(questionOf));
  const alike = cells.filter((cell) => cell.failed && questions.has(questionOf(cell)));
  const covered = weigh(alike.filter((cell) => explained.has(cell))) / weigh(alike);
  const isSure =
    rivals.length === 0 &&
    weigh(own) >= limits.explainedSurely &&
    contradiction(best, weigh) <= limits.contradicted["very likely"] &&
    covered >= limits.covered;
  return isSure ? "very likely" : "likely";
}
