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
  title: "A reused session id is nobody until it identifies, and then a new client",
  needs: ["sockjs", "websocket", "named-clients"],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice", { by: "raw" });
    await stage.inject(disconnect(alice));
    await stage.settling.untilHeard();
    await alice.untilClosed();
    const same = { by: "raw", raw: { sessionId: alice.session.id ?? "" } } as const;
    const nobody = await stage.connect("nobody", same);
    await stage.inject(disconnect(nobody));
    await nobody.untilClosed();
    const dave = await stage.join("dave", same);
    await stage.settle();
    await stage.inject(disconnect(dave));
    await stage.settle();
  },
  checks: {
    "REUSED-ID-NEW-IDENTITY": [heardByAll("dave"), noFalseLeave(), noLeaveTwice(), staysGone()],
    "LEAVE-IN-TIME": [leftInsideWindow("alice"), leftInsideWindow("dave")],
    "OTHERS-STAY-CONNECTED": [othersStayConnected("nobody")],
  },
});
