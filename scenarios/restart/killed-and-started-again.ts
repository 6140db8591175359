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
  title: "Those whom a killed target had stored are gone when it is up again, and whoever is back is not",
  needs: ["own-target", "reconciliation"],
  async run(stage) {
    if (stage.hasProbe) await stage.probe();
    // What she hears of the others is stored.
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
