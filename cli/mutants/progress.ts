import { createLogUpdate } from "log-update";
import { verdictSign } from "../../reports/read/record-queries.ts";
import type { MutantResult, UnbrokenResult } from "../../reports/kill-matrix/record.ts";
import {
  foundBy,
  howFound,
  stateKind,
  stateWord,
  unbrokenSentence,
} from "../../reports/kill-matrix/words.ts";
import { count, countOf, duration } from "../../reports/words/text.ts";

/** Progress display of an invocation. */
export interface MutantsProgress {
  /**
   * Starts the display for an unbroken server.
   * @returns a function to call after each case
   */
  readonly unbroken: (cases: number) => () => void;
  readonly unbrokenDone: (result: UnbrokenResult) => void;
  readonly begun: (name: string) => void;
  readonly finished: (result: MutantResult) => void;
  readonly stop: () => void;
}

/** Shows progress on standard error: one line per mutant, and a live line on a terminal. */
export function startMutantsProgress(mutants: number): MutantsProgress {
  const live = process.stderr.isTTY && (process.env["CI"] ?? "") === "" ? liveLine() : undefined;
  const running = new Set<string>();
  let done = 0;
  const tell = (text: string) => {
    live?.clear();
    process.stderr.write(`${text}\n`);
  };
  const draw = () => live?.(`${count(done)}/${countOf(mutants, "mutant")} · ${[...running].join(", ")}`);
  return {
    unbroken: (cases) => {
      let ended = 0;
      return () => live?.(`the unbroken server: ${count((ended += 1))}/${countOf(cases, "case")}`);
    },
    unbrokenDone: (result) => tell(`${unbrokenSentence(result)} (${duration(result.durationMs)})`),
    begun: (name) => {
      running.add(name);
      draw();
    },
    finished: (result) => {
      running.delete(result.name);
      done += 1;
      for (const line of linesOf(result)) tell(line);
      draw();
    },
    stop: () => {
      live?.clear();
      live?.done();
    },
  };
}

const liveLine = () => createLogUpdate(process.stderr);

/**
 * Returns lines such as `✓ killed for its reason announces-leave-twice, LEAVE-NOT-TWICE: no-leave-twice in leave/fin
 * (4.1 s)`.
 */
function linesOf(result: MutantResult): string[] {
  const { state, name, durationMs, unexpected } = result;
  return [
    `${verdictSign[stateKind[state]]} ${stateWord[state]}  ${name}, ${howFound(result)} (${duration(durationMs)})`,
    ...(unexpected.length === 0 ? [] : [`    unexpected ${foundBy(unexpected)}`]),
  ];
}
