import {
  blackhole,
  defineScenario,
  heardByAll,
  joinBeforeLeave,
  leftInsideWindow,
  noFalseLeave,
  noLeaveTwice,
  othersStayConnected,
} from "../../harness/index.ts";

export default defineScenario({
  id: "silence/blackhole",
  title: "A client that falls silent is reported gone, not early and not late",
  needs: ["heartbeats"],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob", { heartbeats: true });
    const alice = await stage.join("alice", { heartbeats: true });
    await stage.inject(blackhole(alice));
    await stage.settle();
  },
  checks: {
    "LEAVE-ON-SILENCE": [heardByAll("alice")],
    "LEAVE-IN-TIME": [leftInsideWindow("alice")],
    "LEAVE-NOT-TWICE": [noLeaveTwice()],
    "NO-FALSE-LEAVE": [noFalseLeave()],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
    "JOIN-BEFORE-LEAVE": [joinBeforeLeave("alice")],
  },
});
