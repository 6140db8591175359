import type { RunRecord } from "../../harness/judge/record.ts";
import type { Cell } from "./cells.ts";

/**
 * Answer that a cause predicts for one question. `either`: the answer depends on the moment. `unknown`: nothing is known, so the answer
 * counts neither for the cause nor against it.
 */
export type Prediction = "fail" | "pass" | "either" | "unknown";

/** Question in a case, whether a run has judged it or not. */
export type Asked = Pick<Cell, "requirement" | "check"> & {
  readonly run: Pick<Cell["run"], "id" | "scenario" | "axes">;
};

/** A run, as causes look at it. */
export interface Facts {
  readonly record: RunRecord;
  /** All judged questions of the run. */
  readonly cells: readonly Cell[];
}

/** A cause that a run shows. */
export interface FoundCause {
  /** The cause in one sentence, in the words of somebody who runs a server. */
  readonly sentence: string;
  readonly predict: (asked: Asked) => Prediction;
  /** True if it names what several defects of its class have in common. Any other cause of the class then says more. */
  readonly isGeneral?: boolean;
  /** True if the run shows what happens and not why. The cause is then likely at most. */
  readonly isGuess?: boolean;
  /** True if the run's events show it. It is then named even if another cause explains the same failures. */
  readonly isShown?: boolean;
}

/** A known defect. Signatures of mutants and rules written by hand are causes alike. */
export interface Cause {
  /** Name of the mutant, or of the rule. */
  readonly id: string;
  /** Defects of one class look alike, and their fixes are in the same place. */
  readonly class: string;
  /** Requirement whose advice fixes it, where there is advice. */
  readonly advice?: string;
  /** True for a rule. Of two causes in one class that explain as much, the rule says more. */
  readonly isRule?: boolean;
  /** Returns the cause as this run shows it; undefined if the run excludes it. */
  readonly look: (facts: Facts) => FoundCause | undefined;
}

/** A rule written by hand. Where it knows no answer, the signature of the mutant that it refines gives one. */
export interface Rule extends Omit<Cause, "id" | "isRule"> {
  readonly refines?: string;
  /** Returns true if the run's events show that it is not the mutant that the rule refines. */
  readonly excludes?: (facts: Facts) => boolean;
}
