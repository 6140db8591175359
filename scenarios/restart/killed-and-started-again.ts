import {
  defineScenario,
  disconnect,
  heardByAll,
  leftInsideWindow,
  mappingsReconciled,
  notGoneOnceBack,
} from "../../harness/index.ts";
import { askedAlways } from "../always.ts";

export default defineScenario({
  title: "After a kill and a restart, the stored clients are reported gone, and a client that is back is not",
  needs: ["own-target", "reconciliation"],
  async run(stage) {
    if (stage.hasProbe) await stage.probe();
    // The notices that dora receives show which sessions are stored.
    await stage.join("dora");
    await stage.join("alice");
    await stage.join("bob");
    if (stage.hasProbe) await stage.probe();
    await stage.killTarget();
    await stage.startTarget();
    await stage.join("carol");
    const back = await stage.join("back", { as: "bob", subscribes: false });
    await stage.waitOut();
    if (stage.hasProbe) await stage.probe();
    await stage.settle();
    await stage.inject(disconnect(back));
    await stage.settle();
  },
  checks: {
    "RESTART-RECONCILES": [
      heardByAll("alice"),
      leftInsideWindow("alice"),
      heardByAll("bob"),
      notGoneOnceBack("back"),
      mappingsReconciled(),
      heardByAll("back"),
    ],
    ...askedAlways,
  },
});
