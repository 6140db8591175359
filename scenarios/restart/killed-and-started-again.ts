import {
  defineScenario,
  disconnect,
  heardByAll,
  leftInsideWindow,
  mappingsReconciled,
  notGoneOnceBack,
  rosterReconciled,
} from "../../harness/index.ts";
import { askedAlways } from "../always.ts";

export default defineScenario({
  title: "After a kill and a restart, the stored clients are reported gone, and a client that is back is not",
  needs: ["own-target", "reconciliation"],
  async run(stage) {
    if (stage.target.hasProbe) await stage.target.probe();
    // The notices to dora show the stored sessions.
    await stage.join("dora");
    await stage.join("alice");
    await stage.join("bob");
    if (stage.target.hasProbe) await stage.target.probe();
    await stage.target.kill();
    await stage.target.start();
    await stage.join("carol");
    const back = await stage.join("back", { as: "bob", subscribes: false });
    await stage.settling.waitOut();
    if (stage.target.hasProbe) await stage.target.probe();
    await stage.readRosterAnew();
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
      rosterReconciled(),
      heardByAll("back"),
    ],
    ...askedAlways,
  },
});
