import {
  closeTab,
  defineScenario,
  heardByAll,
  joinBeforeLeave,
  leftInsideWindow,
  noFalseLeave,
  noLeaveTwice,
  othersStayConnected,
} from "../../harness/index.ts";

export default defineScenario({
  id: "browser/tab-closed",
  title: "A client whose browser tab is closed is reported gone",
  needs: ["browser"],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice", { by: "tab" });
    await stage.inject(closeTab(alice));
    await stage.settle();
  },
  checks: {
    "LEAVE-ON-PAGE-GONE": [heardByAll("alice")],
    "LEAVE-IN-TIME": [leftInsideWindow("alice")],
    "LEAVE-NOT-TWICE": [noLeaveTwice()],
    "NO-FALSE-LEAVE": [noFalseLeave()],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
    "JOIN-BEFORE-LEAVE": [joinBeforeLeave("alice")],
  },
});
