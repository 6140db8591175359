import {
  defineScenario,
  disconnectFrame,
  halfClose,
  leaverNotTold,
  othersStayConnected,
} from "../../harness/index.ts";

const ends = ["disconnect", "half-close"] as const;

export default defineScenario({
  id: "order/leaver-not-told",
  title: "Whoever leaves, and can still hear, is not told of its own leave",
  needs: ["websocket"],
  axes: { end: ends },
  async run(stage) {
    await stage.join("carol");
    const alice = await stage.join("alice", { by: "speaker" });
    // She hears of somebody, so that she would hear of herself.
    await stage.join("bob");
    await stage.inject(
      stage.axes["end"] === "disconnect" ? disconnectFrame(alice, "linger") : halfClose(alice),
    );
    await stage.settle();
  },
  checks: { "LEAVER-NOT-TOLD": [leaverNotTold("alice")], "OTHERS-STAY-CONNECTED": [othersStayConnected()] },
});
