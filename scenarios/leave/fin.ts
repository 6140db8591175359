import {
  defineScenario,
  fin,
  heardByAll,
  joinBeforeLeave,
  leftInsideWindow,
  noFalseLeave,
  noLeaveTwice,
  othersStayConnected,
} from "../../harness/index.ts";

export default defineScenario({
  id: "leave/fin",
  title: "A connection that ends without a close frame is reported gone",
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice");
    await stage.inject(fin(alice));
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
