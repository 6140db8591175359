import type { Rule } from "../cause.ts";
import type { Cell } from "../cells.ts";
import { all, endingOf, eventsOf, seenEndings } from "../leaves.ts";

/** Heartbeats are agreed on, and the server does nothing when they stop. */
export const ignoresMissingHeartbeats: Rule = {
  class: "silence",
  refines: "never-checks-heartbeats",
  advice: "LEAVE-ON-SILENCE",
  look({ cells }) {
    if (!all("arrived", cells, { of: seenEndings, least: 3 })) return undefined;
    if (!all("missing", cells, { of: ["silent"], least: 3 })) return undefined;
    const missed = cells.filter((cell) => cell.failed && endingOf(cell) === "silent");
    if (!missed.every((cell) => agreedOnSome(cell) && isNeverNoticed(cell))) return undefined;
    return {
      sentence:
        "The server negotiates heartbeats, and does nothing when a client's heartbeats stop. So a silent client stays for ever.",
      predict(asked) {
        const ending = endingOf(asked);
        return ending === undefined || ending === "refused"
          ? "unknown"
          : ending === "silent"
            ? "fail"
            : "pass";
      },
    };
  },
};

function agreedOnSome(cell: Cell): boolean {
  const events = eventsOf(cell);
  const silent = events.find((event) => event.kind === "fault-injected" && event.ends === "silently");
  return events.some(
    (event) => event.kind === "connected" && event.actor === silent?.actor && event.clientHeartbeatMs > 0,
  );
}

/** Returns true if the leave is missing, not late. */
const isNeverNoticed = ({ run, failures }: Cell): boolean =>
  (run.missed ?? []).length > 0 && failures.every(({ actual }) => !actual.includes("too late"));
