import {
  defineScenario,
  disconnect,
  heardByAll,
  joinBeforeLeave,
  leftInsideWindow,
  noLeaveTwice,
  othersStayConnected,
} from "../../harness/index.ts";

export default defineScenario({
  title: "A client that identifies before it subscribes is known when it leaves",
  // If the target announces only subscribers, an earlier identify may have no effect.
  needs: ["identify-message", "free-subscriptions"],
  async run(stage) {
    await stage.join("carol");
    const alice = await stage.connect("alice");
    await stage.identify(alice, "alice");
    await alice.subscribe();
    await stage.inject(disconnect(alice));
    await stage.settle();
  },
  checks: {
    "IDENTIFY-ANY-ORDER": [heardByAll("alice")],
    "LEAVE-IN-TIME": [leftInsideWindow("alice")],
    "LEAVE-NOT-TWICE": [noLeaveTwice()],
    "JOIN-BEFORE-LEAVE": [joinBeforeLeave("alice")],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
  },
});
