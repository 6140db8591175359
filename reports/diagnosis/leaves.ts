import { ofKind, type EventOf, type HistoryEvent } from "../../harness/history/events/events.ts";
import type { Detection, RunRecord } from "../../harness/judge/record.ts";
import { isOverHttp } from "../../harness/profile/transports.ts";
import type { Asked, Facts } from "./cause.ts";
import type { Cell } from "./cells.ts";

/** Ways in which a session ends, as a server sees them. */
export type Ending = "disconnect" | "close" | "lost" | "silent" | "refused";

/** Endings that a server sees at once. */
export const seenEndings: readonly Ending[] = ["disconnect", "close", "lost"];

/** Way of ending by the requirement that its leave arrives. */
const endings: ReadonlyMap<string, Ending> = new Map([
  ["LEAVE-ON-DISCONNECT", "disconnect"],
  ["LEAVE-ON-CLOSE", "close"],
  ["LEAVE-ON-LOST-CONNECTION", "lost"],
  ["LEAVE-ON-PAGE-GONE", "lost"],
  ["LEAVE-ON-SILENCE", "silent"],
  ["LEAVE-ON-SILENT-DROP", "silent"],
  ["LEAVE-ON-VIOLATION", "refused"],
]);

/** Returns the way of ending if the question is whether its leave arrived; else undefined. */
export const endingOf = ({ requirement, check }: Pick<Asked, "requirement" | "check">): Ending | undefined =>
  check === "heard-by-all" || check === "told-in-time" ? endings.get(requirement) : undefined;

/** Returns true if a question fails, in some phases, once ends without DISCONNECT are not noticed. */
export const followsFromMissedEnd = ({ check, run }: Asked): boolean =>
  ["heard-by-all", "leaves-no-ghost"].includes(check) &&
  run.scenario.startsWith("leave/") &&
  !run.scenario.includes("disconnect");

/** Returns true if the leaves of these endings all arrived, or all are missing, and at least `least` cases say so. */
export function all(
  answer: "arrived" | "missing",
  cells: readonly Cell[],
  { of, least }: { readonly of: readonly Ending[]; readonly least: number },
): boolean {
  const asked = cells.filter((cell) => of.includes(endingOf(cell) ?? "refused"));
  return asked.length >= least && asked.every(({ failed }) => failed === (answer === "missing"));
}

/** Returns the events of a failed case. */
export const eventsOf = ({ run }: Cell): readonly HistoryEvent[] => run.timeline ?? [];

/** Returns the leaves in the run's failed cases that name no client of the run. */
export const strangeLeaves = ({ cases }: Pick<RunRecord, "cases">): readonly EventOf<"notice">[] =>
  cases.flatMap(({ timeline = [] }) =>
    ofKind(timeline, "notice").filter(({ event, claimedBy }) => event === "leave" && claimedBy === "nobody"),
  );

/** Returns all leaves of the run whose ends a server sees at once: those of WebSockets that were not silent. */
export const visibleDetections = ({ record }: Facts): readonly Detection[] =>
  record.cases.flatMap(({ detections, axes, scenario }) =>
    scenario.startsWith("leave/") && !isOverHttp(axes["transport"] ?? "websocket")
      ? detections.filter(({ earliestMs }) => (earliestMs ?? 0) <= 0)
      : [],
  );

/** Returns the CONNECTED that a client of a failed case got that fell silent; undefined if the case's events do not have it. */
export function connectedOfSilent(cell: Cell): EventOf<"connected"> | undefined {
  const events = eventsOf(cell);
  const silent = events.find((event) => event.kind === "fault-injected" && event.ends === "silently");
  return ofKind(events, "connected").findLast(({ actor }) => actor === silent?.actor);
}

/** Returns the median; undefined without numbers. */
export const median = (numbers: readonly number[]): number | undefined =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Returns true if nearly all numbers are within a fifth of their median. */
export function isConstant(numbers: readonly number[]): boolean {
  const middle = median(numbers) ?? 0;
  const near = numbers.filter((one) => Math.abs(one - middle) <= middle / 5);
  return numbers.length >= 4 && near.length >= 0.9 * numbers.length;
}
