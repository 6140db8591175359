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
  title: "A client that identifies with another session's id identifies only its own session",
  needs: ["sockjs", "told-session-id"],
  async run(stage) {
    await stage.join("carol");
    const alice = await stage.join("alice");
    const mallory = await stage.connect("mallory");
    await mallory.subscribe();
    await stage.identify(mallory, "mallory", alice.session.id ?? "");
    await stage.inject(disconnect(alice));
    await stage.settle();
    await stage.inject(disconnect(mallory));
    await stage.settle();
  },
  checks: {
    "IDENTIFY-BINDS-TO-OWN-SESSION": [heardByAll("alice"), heardByAll("mallory"), noFalseLeave()],
    "LEAVE-NOT-TWICE": [noLeaveTwice()],
    "GONE-STAYS-GONE": [staysGone()],
    "LEAVE-IN-TIME": [leftInsideWindow("alice"), leftInsideWindow("mallory")],
    "OTHERS-STAY-CONNECTED": [othersStayConnected("mallory")],
  },
});
