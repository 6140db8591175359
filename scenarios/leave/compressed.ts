import { close, cutInFrame, defineScenario, fin, heardByAll, leftInsideWindow } from "../../harness/index.ts";
import { askedAlways } from "../always.ts";

const ends = {
  close: { fault: close, requirement: "LEAVE-ON-CLOSE" },
  fin: { fault: fin, requirement: "LEAVE-ON-LOST-CONNECTION" },
  "cut-in-frame": { fault: cutInFrame, requirement: "LEAVE-ON-LOST-CONNECTION" },
} as const;

const endIn = ({ end }: Readonly<Record<string, string>>) =>
  Object.entries(ends).find(([name]) => name === end)?.[1] ?? ends.close;

/**
 * Leave of a client that offers permessage-deflate. No other client outside a browser offers it. With compression a target
 * reads frames by another code path. If the target declines the offer, the case runs without compression. Only one of the
 * two observers offers compression, too.
 */
export default defineScenario({
  title: "A client that offers compression, as browsers do, is reported gone",
  needs: ["native-websocket"],
  axes: { end: Object.keys(ends) },
  async run(stage) {
    const compressed = { transport: "native", compression: true } as const;
    await stage.join("carol");
    // In the harness's process, messages to inflate would queue behind the work of all other clients.
    await stage.join("bob", { ...compressed, by: "process" });
    const alice = await stage.join("alice", compressed);
    await stage.inject(endIn(stage.axes).fault(alice));
    await stage.settle();
  },
  checks: (axes) => ({
    [endIn(axes).requirement]: [heardByAll("alice")],
    "LEAVE-IN-TIME": [leftInsideWindow("alice")],
    ...askedAlways,
  }),
});
