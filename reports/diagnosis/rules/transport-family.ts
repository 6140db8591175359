import { isOverHttp, pagelessTransports } from "../../../harness/profile/transports.ts";
import type { Asked, Rule } from "../cause.ts";
import type { Cell } from "../cells.ts";
import { all, endingOf, type Ending } from "../leaves.ts";

const isHttp = (transport: string): boolean => isOverHttp(transport);

/** Groups of transports that a server may treat alike, with their names in a sentence. */
const groups: readonly { readonly name: string; readonly has: (transport: string) => boolean }[] = [
  { name: "SockJS's HTTP transports", has: isHttp },
  { name: "WebSockets", has: (transport) => !isHttp(transport) },
  ...pagelessTransports.map((name) => ({ name, has: (transport: string) => transport === name })),
];

const seen: readonly Ending[] = ["close", "lost"];

/** The others are not told of clients on one group of transports, and are told of all others. */
export const transportFamily: Rule = {
  class: "missed-end",
  advice: "LEAVE-ON-LOST-CONNECTION",
  look({ cells }) {
    const onTransport = cells.filter(({ run }) => run.axes["transport"] !== undefined);
    const group = groups.find(({ has }) => isMissing(onTransport, has));
    if (group === undefined) return undefined;
    const inGroup = ({ run }: Pick<Asked, "run">) => group.has(run.axes["transport"] ?? "websocket");
    const byDisconnect = all("arrived", onTransport.filter(inGroup), { of: ["disconnect"], least: 1 });
    return {
      sentence: `When a client on ${group.name} is gone, the others are not told${byDisconnect ? ", except after a DISCONNECT" : ""}. On other transports they are.`,
      predict(asked) {
        const ending = endingOf(asked);
        if (ending === undefined || ending === "refused" || ending === "silent") return "unknown";
        if (asked.run.axes["transport"] === undefined) return "unknown";
        return inGroup(asked) && !(ending === "disconnect" && byDisconnect) ? "fail" : "pass";
      },
    };
  },
};

/** Returns true if each end in the group is missed and no other is. */
function isMissing(cells: readonly Cell[], has: (transport: string) => boolean): boolean {
  const inGroup = ({ run }: Cell) => has(run.axes["transport"] ?? "");
  return (
    all("missing", cells.filter(inGroup), { of: seen, least: 3 }) &&
    all(
      "arrived",
      cells.filter((cell) => !inGroup(cell)),
      { of: [...seen, "disconnect"], least: 3 },
    )
  );
}
