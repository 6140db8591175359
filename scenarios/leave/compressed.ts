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
 * Offers permessage-deflate, which no other client outside a browser does. With compression a target reads frames by
 * another code path. A target that declines the offer is tested without. One observer offers compression, too, the other
 * does not.
 */
export default defineScenario({
  title: "A client that offers compression, as browsers do, is reported gone",
  needs: ["native-websocket"],
  axes: { end: Object.keys(ends) },
  async run(stage) {
    const compressed = { transport: "native", compression: true } as const;
    await stage.join("carol");
    await stage.join("bob", compressed);
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
