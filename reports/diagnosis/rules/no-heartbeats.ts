import type { Rule } from "../cause.ts";
import type { Cell } from "../cells.ts";
import { eventsOf } from "../leaves.ts";

/** The client offers heartbeats and CONNECTED answers `heart-beat:0,0`, so that nothing shows that a silent client is gone. */
export const noHeartbeats: Rule = {
  class: "silence",
  refines: "offers-no-heartbeats",
  advice: "LEAVE-ON-SILENT-DROP",
  look({ cells }) {
    const missed = cells.filter((cell) => cell.failed && isSilentDrop(cell));
    if (missed.length === 0 || !missed.every(agreedOnNone)) return undefined;
    return {
      sentence:
        "The server offers no heartbeats: its CONNECTED frame says heart-beat:0,0. So it does not notice a client that drops off the network.",
      isShown: true,
      predict: (asked) => (isSilentDrop(asked) && isMissed(missed, asked.run.id) ? "fail" : "unknown"),
    };
  },
};

const isSilentDrop = ({ requirement }: Pick<Cell, "requirement">): boolean =>
  requirement === "LEAVE-ON-SILENT-DROP";

const isMissed = (missed: readonly Cell[], id: string): boolean => missed.some(({ run }) => run.id === id);

/** Returns true if the client that fell silent offered heartbeats, as usual clients do, and none were agreed on. */
function agreedOnNone(cell: Cell): boolean {
  const events = eventsOf(cell);
  const silent = events.find((event) => event.kind === "fault-injected" && event.ends === "silently");
  return events.some(
    (event) =>
      event.kind === "connected" &&
      event.actor === silent?.actor &&
      event.clientHeartbeatMs === 0 &&
      event.serverHeartbeatMs === 0,
  );
}
