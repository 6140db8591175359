import type { VerdictKind } from "../../harness/judge/verdict.ts";
import { groupBy } from "../read/record-queries.ts";
import { count } from "../words/text.ts";
import { transportOf, type AnsweredCase } from "./answers.ts";
import { latestOf, noFigures, type Figures } from "./figures.ts";
import { transportsOf } from "./remarks.ts";

/** What can be said about an ending, the worst first. */
const severities = [
  "never noticed",
  "noticed on few transports",
  "not noticed on some transports",
  "not always noticed",
  "wrong person",
  "more than once",
  "taken back",
  "late",
  "early",
  "uncertain",
  "noticed",
  "not tried",
] as const;

/** Completes a sentence that starts with an ending's `subject`. */
export interface Predicate {
  readonly words: string;
  readonly severity: (typeof severities)[number];
  /** True if it holds for every judged case. */
  readonly isWhole?: boolean;
}

/** Compares two predicates for a sort that begins with the worst. */
export const bySeverity = (one: Predicate, other: Predicate): number =>
  severities.indexOf(one.severity) - severities.indexOf(other.severity);

/** Completes "A closed tab …". */
export function predicateOf(
  judged: readonly AnsweredCase[],
  {
    told,
    once,
    named,
    slowest,
  }: Figures & Readonly<Record<"told" | "once" | "named", { readonly kind: VerdictKind }>>,
): Predicate {
  const never = judged.filter((one) => one.told === "never");
  if (never.length === judged.length)
    return { severity: "never noticed", words: "is never noticed", isWhole: true };
  if (never.length > 0) {
    const groups = groupBy(judged, transportOf);
    const whole = never.filter((one) =>
      groups.get(transportOf(one))?.every((other) => other.told === "never"),
    );
    const where = transportsOf(whole, judged);
    const lost = new Set(whole.map(transportOf));
    const works = [...groups.keys()].filter((transport) => !lost.has(transport));
    if (where !== "" && works.length > 0 && works.length < lost.size) {
      const noticing = judged.filter((one) => works.includes(transportOf(one)));
      return {
        severity: "noticed on few transports",
        words: `is noticed on ${transportsOf(noticing, judged)} only`,
      };
    }
    if (where !== "")
      return {
        severity: "not noticed on some transports",
        words: `is not always noticed (not on ${where})`,
      };
    const share = `never in ${count(never.length)} of ${count(judged.length)} cases`;
    return { severity: "not always noticed", words: `is not always noticed (${share})` };
  }
  if (named.kind === "fail")
    return {
      severity: "wrong person",
      words: "comes with a leave of the wrong person",
      isWhole: judged.every((one) => one.named === "no"),
    };
  if (once.kind === "fail") return repeated(judged);
  if (judged.some((one) => one.told === "late")) {
    const latest = latestOf(judged);
    return {
      severity: "late",
      words: `is noticed too late${latest === undefined ? "" : `: after ${latest}`}`,
      isWhole: judged.every((one) => one.told === "late"),
    };
  }
  if (told.kind === "fail") return { severity: "early", words: "is announced too early" };
  return [told, once, named].some(({ kind }) => kind === "inconclusive")
    ? { severity: "uncertain", words: "could not be judged for certain" }
    : {
        severity: "noticed",
        words: slowest === noFigures.slowest ? "is noticed" : `is noticed within ${slowest}`,
      };
}

function repeated(judged: readonly AnsweredCase[]): Predicate {
  const twice = judged.filter((one) => one.once === "twice");
  const those = twice.length > 0 ? twice : judged.filter((one) => one.once === "taken back");
  const words = twice.length > 0 ? "is announced more than once" : "is announced, and then taken back";
  const isWhole = those.length === judged.length;
  const share = isWhole ? "" : ` (in ${count(those.length)} of ${count(judged.length)} cases)`;
  return {
    severity: twice.length > 0 ? "more than once" : "taken back",
    words: `${words}${share}`,
    isWhole,
  };
}
