import {
  close,
  defineScenario,
  heardByAll,
  joinBeforeLeave,
  leftInsideWindow,
  noFalseLeave,
  noLeaveTwice,
  othersStayConnected,
} from "../../harness/index.ts";

export default defineScenario({
  id: "leave/websocket-close",
  title: "A client that closes its WebSocket is reported gone",
  needs: ["native-websocket"],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice", { transport: "native" });
    await stage.inject(close(alice));
    await stage.settle();
  },
  checks: {
    "LEAVE-ON-CLOSE": [heardByAll("alice")],
    "LEAVE-IN-TIME": [leftInsideWindow("alice")],
    "LEAVE-NOT-TWICE": [noLeaveTwice()],
    "NO-FALSE-LEAVE": [noFalseLeave()],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
    "JOIN-BEFORE-LEAVE": [joinBeforeLeave("alice")],
  },
});
