import { actorOfCheck } from "../../harness/judge/check-kinds.ts";
import type { EventOf } from "../../harness/history/events/events.ts";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { passedRuns } from "../read/record-queries.ts";
import { capitalized, count, countOf, duration, plain } from "../words/text.ts";
import type { AdvisedGroup } from "./advised-groups.ts";
import { causeInWords } from "./causes-in-words.ts";
import { failureInWords } from "./failure-kinds.ts";
import type { Finding, FindingGroup } from "./finding-groups.ts";

/** Returns the result that all cases of a group show: `No leave in 4 s after a connection reset (RST)`. */
export function headingOf(group: FindingGroup): string {
  const { leaveFault, checkId, cause, findings } = group;
  const seen =
    leaveFault === null
      ? (failureInWords(checkId) ?? capitalized(plain(findings[0].check.actual, 160)))
      : leaveWords[leaveFault](findings);
  if (cause === null) return seen;
  const after = plain(causeInWords(cause), 60);
  return leaveFault === null ? `${seen}; in cases of ${after}` : `${seen} after ${after}`;
}

const leaveWords: Readonly<
  Record<NonNullable<FindingGroup["leaveFault"]>, (findings: FindingGroup["findings"]) => string>
> = {
  never: (findings) => {
    const waited = findings.map(waitedMs);
    const shortest = Math.min(...waited.map((ms) => ms ?? 0));
    return shortest >= 1 ? `No leave in ${waitInWords(shortest)}` : "No leave";
  },
  "not by all": () => "Leave not received by every observer",
  "too late": (findings) => {
    const [slowest] = findings
      .flatMap(({ run, check }) => run.detections.filter(({ actor }) => actor === actorOfCheck(check.check)))
      .toSorted((a, b) => b.latencyMs - b.latestMs - (a.latencyMs - a.latestMs));
    return slowest === undefined
      ? "Late leave"
      : `Leave up to ${duration(slowest.latencyMs - slowest.latestMs)} too late`;
  },
  "too early": () => "Leave too early",
};

/**
 * Returns how long the case waited for a missing leave, in milliseconds, and at least for its deadline, which counts from a silent client's
 * last byte. Undefined if its history is not on record.
 */
function waitedMs({ run, check }: Finding): number | undefined {
  const actor = actorOfCheck(check.check);
  const dueMs = Math.max(
    0,
    ...(run.missed ?? []).filter((one) => one.actor === actor).map((one) => one.latestMs),
  );
  const shown = check.evidence.flatMap((index) => run.timeline?.find((event) => event.index === index) ?? []);
  const waited = shown.find((event): event is EventOf<"waited-out"> => event.kind === "waited-out");
  const [end] = shown;
  return waited === undefined || end === undefined ? undefined : Math.max(waited.atMs - end.atMs, dueMs);
}

/** Rounds a wait: from 10 s on to whole seconds, below down to tenths. */
const waitInWords = (ms: number): string =>
  ms < 1_000
    ? `${String(Math.floor(ms))} ms`
    : ms < 10_000
      ? `${String(Math.floor(ms / 100) / 10)} s`
      : `${String(Math.round(ms / 1_000))} s`;

/** Returns the number of a group's cases and their transports: `31 of 31 cases on websocket, xhr-streaming`. */
export function extentOf({ cases, judged, findings, transports, onEveryTransport }: FindingGroup): string {
  const number =
    judged === null || judged < 2 || judged < cases.length
      ? countOf(cases.length, "case")
      : `${count(cases.length)} of ${countOf(judged, "case")}`;
  const flaky = new Set(findings.filter(({ check }) => passedRuns(check) > 0).map(({ run }) => run)).size;
  const where = onEveryTransport ? "every transport" : transports.map((one) => plain(one, 40)).join(", ");
  return [
    where === "" ? number : `${number} on ${where}`,
    ...(flaky === 0
      ? []
      : [flaky === cases.length ? "not in every run" : `${count(flaky)} not in every run`]),
  ].join("; ");
}

/** Returns `3 more findings in 9 cases`. */
export const moreFindings = (groups: readonly { readonly cases: readonly CaseRecord[] }[]): string => {
  const cases = new Set(groups.flatMap((group) => group.cases)).size;
  return `${countOf(groups.length, "more finding")} in ${countOf(cases, "case")}`;
};

/** Returns the number of further groups, whose cause stands above them. */
export const furtherWords = (groups: readonly AdvisedGroup[]): string =>
  `${moreFindings(groups.map(({ group }) => group))} with a cause named above`;

/** Number of cases that are named beside the example. */
const namedMax = 3;

/** Returns the other cases of a group: `leave/fin, leave/rst and 9 more`; undefined without any. */
export function othersOf(cases: readonly CaseRecord[], example: CaseRecord): string | undefined {
  const others = cases.filter((run) => run !== example);
  if (others.length === 0) return undefined;
  const named = others.slice(0, namedMax).map(({ id }) => plain(id, 160));
  const more = others.length - named.length;
  return more > 0 ? `${named.join(", ")} and ${count(more)} more` : named.join(", ");
}
