import {
  defineScenario,
  disconnect,
  heardByAll,
  leftInsideWindow,
  noFalseLeave,
  noLeaveTwice,
  othersStayConnected,
  staysGone,
} from "../../harness/index.ts";

export default defineScenario({
  title: "A client that identifies twice leaves once, under its last name",
  needs: ["identify-message"],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice", { as: "first" });
    await stage.identify(alice, "last");
    await stage.inject(disconnect(alice));
    await stage.settle();
  },
  checks: {
    "IDENTIFY-LAST-WINS": [heardByAll("alice"), noFalseLeave()],
    "LEAVE-NOT-TWICE": [noLeaveTwice()],
    "GONE-STAYS-GONE": [staysGone()],
    "LEAVE-IN-TIME": [leftInsideWindow("alice")],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
  },
});
