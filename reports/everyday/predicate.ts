import type { VerdictKind } from "../../harness/judge/verdict.ts";
import { groupBy } from "../read/record-queries.ts";
import { count } from "../words/text.ts";
import { transportOf, type AnsweredCase } from "./answers.ts";
import { latestOf, type Figures } from "./figures.ts";
import { transportsOf } from "./remarks.ts";

/** Completes "A closed tab …". */
export function predicateOf(
  judged: readonly AnsweredCase[],
  {
    told,
    once,
    named,
    slowest,
  }: Figures & Readonly<Record<"told" | "once" | "named", { readonly kind: VerdictKind }>>,
): string {
  const never = judged.filter((one) => one.told === "never");
  if (never.length === judged.length) return "is never noticed";
  if (never.length > 0) {
    const groups = groupBy(judged, transportOf);
    const whole = never.filter((one) =>
      groups.get(transportOf(one))?.every((other) => other.told === "never"),
    );
    const where = transportsOf(whole, judged);
    const lost = new Set(whole.map(transportOf));
    const works = [...groups.keys()].filter((transport) => !lost.has(transport));
    if (where !== "" && works.length > 0 && works.length < lost.size)
      return `is noticed on ${transportsOf(
        judged.filter((one) => works.includes(transportOf(one))),
        judged,
      )} only`;
    const share = `never in ${count(never.length)} of ${count(judged.length)} cases`;
    return `is not always noticed (${where === "" ? share : `not on ${where}`})`;
  }
  if (named.kind === "fail") return "comes with a leave of the wrong person";
  if (once.kind === "fail") return "is announced more than once, or taken back";
  if (judged.some((one) => one.told === "late")) return `is noticed too late: after ${latestOf(judged)}`;
  if (told.kind === "fail") return "is announced too early";
  return [told, once, named].some(({ kind }) => kind === "inconclusive")
    ? "could not be judged for certain"
    : `is noticed within ${slowest}`;
}
