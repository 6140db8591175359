import type { Rule } from "../cause.ts";
import type { Cell } from "../cells.ts";
import { connectedOfSilent } from "../leaves.ts";

/** The client offers heartbeats and CONNECTED answers `heart-beat:0,0`, so that nothing shows that a silent client is gone. */
export const noHeartbeats: Rule = {
  class: "silence",
  refines: "offers-no-heartbeats",
  advice: "LEAVE-ON-SILENT-DROP",
  look({ cells }) {
    const missed = cells.filter((cell) => cell.failed && isSilentDrop(cell));
    if (missed.length === 0 || !missed.every(isWithout)) return undefined;
    const ids = new Set(missed.map(({ run }) => run.id));
    return {
      sentence:
        "The server offers no heartbeats: its CONNECTED frame says heart-beat:0,0. So it does not notice a client that drops off the network.",
      isShown: true,
      predict: (asked) => (isSilentDrop(asked) && ids.has(asked.run.id) ? "fail" : "unknown"),
    };
  },
  excludes: ({ cells }) =>
    cells.some(
      (cell) => cell.failed && isSilentDrop(cell) && (connectedOfSilent(cell)?.clientHeartbeatMs ?? 0) > 0,
    ),
};

/** Returns true if no heartbeats were agreed on, in either direction. */
function isWithout(cell: Cell): boolean {
  const connected = connectedOfSilent(cell);
  return connected?.clientHeartbeatMs === 0 && connected.serverHeartbeatMs === 0;
}

/** In these cases the client offers heartbeats, as usual clients do. */
const isSilentDrop = ({ requirement }: Pick<Cell, "requirement">): boolean =>
  requirement === "LEAVE-ON-SILENT-DROP";
