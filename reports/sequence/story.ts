import type { EventOf, HistoryEvent } from "../../harness/history/events/events.ts";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { limit } from "../everyday/figures.ts";
import { plain } from "../words/text.ts";
import { playedIn } from "./cast.ts";
import { isRelease } from "./held-identify.ts";

/** Maximum number of faults, and of listeners, that a story names. */
const namedMax = 3;

/**
 * Tells a case in a sentence: `alice leaves (fin); carol and bob must be told within 1 s.` Undefined if no fault began.
 * Names as listeners only those to whom a leave was due.
 */
export function storyOf(run: CaseRecord): string | undefined {
  const played = playedIn(run.timeline ?? []);
  const faults = played.filter((e) => e.kind === "fault-injected");
  if (faults.length === 0) return undefined;
  const told = faults.slice(0, namedMax).map((fault) => clauseOf(fault, played));
  const more = faults.length > namedMax ? [`${faults.length - namedMax} more faults follow`] : [];
  return `${[[...told, ...more].join(", then "), ...dutyOf(run, faults)].join("; ")}.`;
}

/** Tells a fault, with the actor as the subject if its session may end. */
function clauseOf(event: EventOf<"fault-injected">, played: readonly HistoryEvent[]): string {
  const { actor, fault, ends, index } = event;
  const who = nameOf(actor);
  const how = nameOf(fault);
  const meanwhile = isRelease(event, played) ? " while its identify message is on the way" : "";
  const returns = played.some((e) => e.kind === "opened" && e.actor === actor && e.index > index);
  const again = returns ? " and connects again" : "";
  switch (ends) {
    case "visibly":
      return `${who} leaves (${how})${meanwhile}${again}`;
    case "silently":
      return `${who} falls silent (${how})${meanwhile}${again}`;
    case "with-target":
      return `the session of ${who} ends with the target (${how})${again}`;
    case "not":
      return `the session of ${who} has to survive a disturbance (${how})`;
  }
}

/** Tells to whom leaves of these sessions were due, and how soon, if the deadline was the same for all of them. */
function dutyOf(run: CaseRecord, faults: readonly EventOf<"fault-injected">[]): readonly string[] {
  const leavers = new Set(faults.flatMap(({ actor, ends }) => (ends === "not" ? [] : actor)));
  const due = [...run.detections, ...(run.missed ?? [])].filter(({ actor }) => leavers.has(actor));
  const listeners = [...new Set(due.map(({ observer }) => observer))];
  if (listeners.length === 0) return [];
  const deadlines = [...new Set(due.map(({ latestMs }) => limit(latestMs)))];
  const within = deadlines.length === 1 && due.every(({ latestMs }) => Number.isFinite(latestMs));
  return [`${enumerated(listeners)} must be told${within ? ` within ${deadlines.join("")}` : ""}`];
}

/** Lists names: `carol and bob`, or `carol and 3 others`. */
function enumerated(names: readonly string[]): string {
  const shown = names.slice(0, names.length > namedMax ? 1 : namedMax).map(nameOf);
  const others = names.length - shown.length;
  const parts = others > 0 ? [...shown, `${others} others`] : shown;
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
}

const nameOf = (value: string): string => plain(value, 40);
