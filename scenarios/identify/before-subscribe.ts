import {
  defineScenario,
  disconnect,
  heardByAll,
  joinBeforeLeave,
  noUndueLeave,
} from "../../harness/index.ts";

export default defineScenario({
  id: "identify/before-subscribe",
  title: "A client that identifies before it subscribes is known when it leaves",
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
    "LEAVE-NOT-TWICE": [noUndueLeave("alice")],
    "JOIN-BEFORE-LEAVE": [joinBeforeLeave("alice")],
  },
});
