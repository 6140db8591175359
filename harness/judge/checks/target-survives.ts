import type { Check } from "../check.ts";
import { ofKind, type EventOf } from "../../history/events/events.ts";
import { isSentinel } from "../../history/sessions/sentinels.ts";
import { countOf, listed } from "../../util/words.ts";
import { fail, inconclusive, pass } from "../verdict.ts";
import { lastSignOfLife, maybeGone } from "./listening.ts";

/** Lines of a process's output that name the cause of its end, the most telling first. */
const telling = [
  // A message, and no line of source code that runtimes quote.
  /^(?!.*\bnew\b)[^("'`=]*\b[\w.]*(Error|Exception)\b/,
  /fatal|panic|out of memory/i,
];

/**
 * Checks that the target did not die. A pass needs a message from the target after the last fault. In a finding of the run itself the
 * deaths name the cases that ran, because none of them kills the target alone.
 */
export function targetSurvives(): Check {
  return {
    name: "target-survives",
    invariant: true,
    isCause: true,
    judge: ({ events }) => {
      const deaths = ofKind(events, "target-died");
      const [first] = deaths;
      if (first !== undefined) {
        const often = deaths.length === 1 ? "" : `${countOf(deaths.length, "time")}, the first time `;
        return fail(
          "the target goes on running",
          `the target died ${often}${inWords(first)}`,
          deaths.map(({ index }) => index),
        );
      }
      const fault = ofKind(events, "fault-injected").findLast(({ actor }) => !isSentinel(actor));
      const sign = lastSignOfLife(events, fault?.index ?? -1);
      return sign === undefined ? inconclusive(maybeGone) : pass([sign.index]);
    },
  };
}

/** Completes "the target died" with its exit, the line of its output that says most, and the suspects. */
function inWords({ end, lastLines, suspects, search }: EventOf<"target-died">): string {
  const said =
    telling.flatMap((pattern) => lastLines.find((line) => pattern.test(line)) ?? [])[0] ?? lastLines.at(-1);
  const ran = suspects === undefined ? "" : `, while ${listed(suspects)} ran`;
  return [
    `(${end})${ran}`,
    ...(search === undefined ? [] : [search]),
    ...(said === undefined ? [] : [`its output: ${said.trim()}`]),
  ].join("; ");
}
