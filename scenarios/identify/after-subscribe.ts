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
  title: "A client that identifies after it subscribed is known when it leaves",
  needs: ["identify-message"],
  async run(stage) {
    await stage.join("carol");
    const alice = await stage.connect("alice");
    await alice.subscribe();
    await stage.identify(alice, "alice");
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
