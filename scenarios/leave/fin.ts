import {
  defineScenario,
  fin,
  heardByAll,
  joinBeforeLeave,
  leftInsideWindow,
  noUndueLeave,
} from "../../harness/index.ts";

export default defineScenario({
  id: "leave/fin",
  title: "A connection that ends without a close frame is reported gone",
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice");
    await stage.inject(fin(alice));
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
