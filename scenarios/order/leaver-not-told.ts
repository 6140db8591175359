import {
  defineScenario,
  disconnect,
  disconnectAndLinger,
  halfClose,
  leaverNotTold,
  othersStayConnected,
} from "../../harness/index.ts";
import { tellsJoins } from "../../harness/history/notice.ts";

const ends = ["disconnect", "half-close"] as const;

export default defineScenario({
  title: "A leaver that can still receive is not told of its own leave",
  needs: ["websocket"],
  axes: { end: ends },
  async run(stage) {
    await stage.join("carol");
    const alice = await stage.join("alice", { by: "raw" });
    // Alice receives a notice before she leaves. This shows that she would receive her own.
    await stage.join("bob");
    if (!tellsJoins(stage.profile.notice)) {
      await stage.inject(disconnect(await stage.join("dave")));
      await stage.settling.untilHeard();
    }
    await stage.inject(stage.axes["end"] === "disconnect" ? disconnectAndLinger(alice) : halfClose(alice));
    await stage.settle();
  },
  checks: { "LEAVER-NOT-TOLD": [leaverNotTold("alice")], "OTHERS-STAY-CONNECTED": [othersStayConnected()] },
});
