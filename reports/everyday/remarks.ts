import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { groupBy } from "../read/record-queries.ts";
import { caseStatusIn } from "../read/case-status.ts";
import { count, plain } from "../words/text.ts";
import { transportOf, whyNotTold, type AnsweredCase } from "./answers.ts";

/** Returns the failures with their case counts and transports, then the variants that could not be tried. */
export function remarksOn(
  judged: readonly AnsweredCase[],
  skipped: readonly Skipped[],
  record: RunRecord,
): readonly string[] {
  const tell = (word: string, isSo: (one: AnsweredCase) => boolean): string[] => {
    const those = judged.filter(isSo);
    const where = transportsOf(those, judged);
    const words = `${word}: ${count(those.length)} of ${count(judged.length)}`;
    return those.length === 0 ? [] : [where === "" ? words : `${words}, ${where}`];
  };
  return [
    ...tell("never", ({ told }) => told === "never"),
    ...tell("late", ({ told }) => told === "late"),
    ...tell("early", ({ told }) => told === "early"),
    ...tell("twice", ({ once }) => once === "twice"),
    ...tell("taken back", ({ once }) => once === "taken back"),
    ...tell("wrong person", ({ named }) => named === "no"),
    ...tell("unclear", ({ told, once, named }) => [told, once, named].includes("unclear")),
    ...accepted(judged, record),
    ...skipped.map(({ variants, why }) => `not tried (${variants.join("; ")}): ${why}`),
  ];
}

/** Returns the names of the transports of some cases; an empty text if the cases name none. */
export function transportsOf(those: readonly AnsweredCase[], judged: readonly AnsweredCase[]): string {
  const names = new Set(those.map(transportOf).filter(Boolean));
  const all = new Set(judged.map(transportOf).filter(Boolean));
  if (all.size > 2 && names.size === all.size) return "every transport tried";
  return [...names].map((name) => plain(name, 40)).join(", ");
}

/** Returns the most frequent reason why no leave was expected; undefined if there is none. */
export function whyNot(runs: readonly CaseRecord[]): string | undefined {
  const reasons = runs.map(whyNotTold).filter((reason) => reason !== undefined);
  const [most] = [...groupBy(reasons, (reason) => reason)].sort(([, a], [, b]) => b.length - a.length);
  return most === undefined ? undefined : plain(most[0], 200);
}

function accepted(judged: readonly AnsweredCase[], record: RunRecord): string[] {
  const caseStatus = caseStatusIn(record);
  const those = judged.filter(({ run }) => caseStatus(run) === "accepted");
  return those.length === 0 ? [] : [`accepted: ${count(those.length)} of ${count(judged.length)}`];
}

/** Variants of an ending without a judged case, and the reason. */
export interface Skipped {
  readonly variants: readonly string[];
  readonly why: string;
}

/** Returns the variants without a judged case on any transport. */
export function skippedIn(all: readonly AnsweredCase[]): readonly Skipped[] {
  const variants = groupBy(
    all.map(({ run }) => run),
    variantOf,
  );
  const judged = new Set(all.filter(({ told }) => told !== "not asked").map(({ run }) => run));
  const open = [...variants].filter(([, runs]) => !runs.some((run) => judged.has(run)));
  const reasons = groupBy(open, ([, runs]) => whyNot(runs) ?? "no reason is on record");
  return [...reasons].map(([why, group]) => ({
    variants: group.map(([variant]) => plain(variant, 60)),
    why,
  }));
}

/** Returns the scenario and its axes without transport and phase: `silent drop, packets lost`. */
export function variantOf({ scenario, axes }: CaseRecord): string {
  const values = Object.entries(axes).flatMap(([axis, value]) =>
    axis === "transport" || axis === "phase" ? [] : [value],
  );
  return [scenario.slice(scenario.indexOf("/") + 1), ...values].join(", ").replaceAll("-", " ");
}
