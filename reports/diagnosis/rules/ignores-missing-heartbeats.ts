import { traitsOf } from "../../../harness/profile/transports.ts";
import type { Asked, Rule } from "../cause.ts";
import type { Cell } from "../cells.ts";
import { all, connectedOfSilent, endingOf, seenEndings } from "../leaves.ts";

/** Heartbeats are agreed on, and the server does nothing when they stop. */
export const ignoresMissingHeartbeats: Rule = {
  class: "silence",
  refines: "never-checks-heartbeats",
  advice: "LEAVE-ON-SILENCE",
  look({ cells }) {
    if (!all("arrived", cells, { of: seenEndings, least: 3 })) return undefined;
    const silent = cells.filter((cell) => endingOf(cell) === "silent" && !isPolling(cell));
    if (!all("missing", silent, { of: ["silent"], least: 3 })) return undefined;
    if (!silent.every((cell) => isAgreed(cell) && isNeverNoticed(cell))) return undefined;
    return {
      sentence:
        "The server negotiates heartbeats, and does nothing when a client's heartbeats stop. So a silent client stays for ever.",
      predict(asked) {
        const ending = endingOf(asked);
        if (ending === undefined || ending === "refused" || isPolling(asked)) return "unknown";
        return ending === "silent" ? "fail" : "pass";
      },
    };
  },
  excludes: ({ cells }) =>
    cells.some(
      (cell) =>
        cell.failed && endingOf(cell) === "silent" && connectedOfSilent(cell)?.clientHeartbeatMs === 0,
    ),
};

/** A polling client that falls silent sends no next request, which shows that it is gone. */
const isPolling = ({ run }: Asked): boolean => traitsOf(run.axes["transport"] ?? "websocket")?.polls === true;

const isAgreed = (cell: Cell): boolean => (connectedOfSilent(cell)?.clientHeartbeatMs ?? 0) > 0;

/** Returns true if the leave is missing, not late. */
const isNeverNoticed = ({ run, failures }: Cell): boolean =>
  (run.missed ?? []).length > 0 && failures.every(({ actual }) => !actual.includes("too late"));
