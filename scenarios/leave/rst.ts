import {
  defineScenario,
  rst,
  heardByAll,
  joinBeforeLeave,
  leftInsideWindow,
  noUndueLeave,
} from "../../harness/index.ts";

export default defineScenario({
  id: "leave/rst",
  title: "A connection that is reset is reported gone",
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice");
    await stage.inject(rst(alice));
    await stage.settle();
  },
  checks: {
    "LEAVE-ON-LOST-CONNECTION": [heardByAll("alice")],
    "LEAVE-IN-TIME": [leftInsideWindow("alice")],
    "LEAVE-NOT-TWICE": [noUndueLeave("alice")],
    "NO-FALSE-LEAVE": [noUndueLeave("bob")],
    "JOIN-BEFORE-LEAVE": [joinBeforeLeave("alice")],
  },
});
