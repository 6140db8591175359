import {
  defineScenario,
  closeTab,
  heardByAll,
  joinBeforeLeave,
  leftInsideWindow,
  noUndueLeave,
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
    "LEAVE-NOT-TWICE": [noUndueLeave("alice")],
    "NO-FALSE-LEAVE": [noUndueLeave("bob")],
    "JOIN-BEFORE-LEAVE": [joinBeforeLeave("alice")],
  },
});
