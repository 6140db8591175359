import { defineScenario, disconnect, staysGone } from "../../harness/index.ts";
import { askedAlways } from "../always.ts";

export default defineScenario({
  title: "A client that subscribes after a leave is not told that the leaver is present",
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice");
    await stage.inject(disconnect(alice));
    await stage.settling.untilHeard();
    await stage.join("late");
    await stage.settle();
  },
  checks: { ...askedAlways, "GONE-STAYS-GONE": [staysGone()] },
});
