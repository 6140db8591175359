import {
  defineScenario,
  errorThenClosed,
  noCommonVersion,
  noFalseLeave,
  othersStayConnected,
} from "../../harness/index.ts";

export default defineScenario({
  title: "A client without a common STOMP version gets an ERROR, and its connection is closed",
  needs: ["websocket"],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.connect("alice", { by: "raw", raw: { until: "opened" } });
    await stage.inject(noCommonVersion(alice));
    await alice.until("an answer to CONNECT");
    await alice.until("the connection's end");
    await stage.settle();
  },
  checks: {
    "CONNECT-NO-COMMON-VERSION": [errorThenClosed("alice", "due")],
    "UNIDENTIFIED-ENDS-UNNAMED": [noFalseLeave()],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
  },
});
