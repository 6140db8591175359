import {
  defineScenario,
  disconnect,
  heardByAll,
  joinBeforeLeave,
  leftInsideWindow,
  noFalseLeave,
  noLeaveTwice,
  othersStayConnected,
  receiptCame,
} from "../../harness/index.ts";

export default defineScenario({
  id: "leave/disconnect-with-receipt",
  title: "A client that says DISCONNECT gets its receipt and is reported gone",
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice");
    await stage.inject(disconnect(alice));
    await stage.settle();
  },
  checks: {
    "LEAVE-ON-DISCONNECT": [heardByAll("alice")],
    "DISCONNECT-RECEIPT": [receiptCame("alice")],
    "LEAVE-IN-TIME": [leftInsideWindow("alice")],
    "LEAVE-NOT-TWICE": [noLeaveTwice()],
    "NO-FALSE-LEAVE": [noFalseLeave()],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
    "JOIN-BEFORE-LEAVE": [joinBeforeLeave("alice")],
  },
});
