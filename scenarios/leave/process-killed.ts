import {
  defineScenario,
  heardByAll,
  joinBeforeLeave,
  kill,
  leftInsideWindow,
  noFalseLeave,
  noLeaveTwice,
  othersStayConnected,
} from "../../harness/index.ts";

export default defineScenario({
  id: "leave/process-killed",
  title: "A client whose process is killed is reported gone",
  needs: ["signals"],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice", { by: "process" });
    await stage.inject(kill(alice));
    await stage.settle();
  },
  checks: {
    "LEAVE-ON-LOST-CONNECTION": [heardByAll("alice")],
    "LEAVE-IN-TIME": [leftInsideWindow("alice")],
    "LEAVE-NOT-TWICE": [noLeaveTwice()],
    "NO-FALSE-LEAVE": [noFalseLeave()],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
    "JOIN-BEFORE-LEAVE": [joinBeforeLeave("alice")],
  },
});
