import type { Rule } from "../cause.ts";
import type { Cell } from "../cells.ts";
import { endingOf } from "../leaves.ts";

/** Some observers receive a leave and others do not, in many cases. */
export const someAreTold: Rule = {
  class: "lost-notice",
  look({ cells }) {
    const asked = cells.filter((cell) => endingOf(cell) !== undefined);
    const missed = asked.filter(({ failed }) => failed);
    const parted = missed.filter(isParted);
    if (parted.length < 3 || parted.length < missed.length / 2) return undefined;
    if (asked.length - missed.length < 2) return undefined;
    return {
      sentence:
        "A leave reaches some of the clients and not the others: the server skips clients, or stops sending at one that is gone.",
      isGeneral: true,
      isGuess: true,
      predict: ({ check }) => (questions.includes(check) ? "either" : "unknown"),
    };
  },
};

/** Checks that fail if one observer misses a leave. */
const questions: readonly string[] = ["heard-by-all", "leaves-no-ghost", "sentinel-told", "told-in-time"];

/** Returns true if an observer received the leave that another one missed. */
const isParted = ({ run }: Cell): boolean =>
  (run.missed ?? []).some(({ actor }) => run.detections.some((one) => one.actor === actor));
