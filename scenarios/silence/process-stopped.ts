import {
  defineScenario,
  heardByAll,
  joinBeforeLeave,
  leftInsideWindow,
  noFalseLeave,
  noLeaveTwice,
  othersStayConnected,
  stop,
} from "../../harness/index.ts";

export default defineScenario({
  id: "silence/process-stopped",
  title: "A client whose process is stopped is reported gone, not early and not late",
  needs: ["heartbeats", "signals"],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob", { heartbeats: true });
    const alice = await stage.join("alice", { by: "process", heartbeats: true });
    await stage.inject(stop(alice));
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
