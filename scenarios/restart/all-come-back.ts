import {
  defineScenario,
  disconnect,
  fin,
  heardByAll,
  joinedOnceEach,
  leftInsideWindow,
  mappingsReconciled,
  notGoneOnceBack,
  rosterReconciled,
} from "../../harness/index.ts";
import { askedAlways } from "../always.ts";

const returning = ["alice", "bob", "carol", "erin"];
const back = returning.map((name) => `${name}-back`);

export default defineScenario({
  title:
    "After a stop and a start, the clients come back all at once; nobody is told twice, and nobody remains who is gone",
  needs: ["own-target"],
  async run(stage) {
    if (stage.target.hasProbe) await stage.target.probe();
    for (const name of [...returning, "dora"]) await stage.join(name);
    if (stage.target.hasProbe) await stage.target.probe();
    await stage.target.stop();
    await stage.target.start();
    // A client that nobody knew before sees the others come back.
    await stage.join("frank");
    const [alice, bob] = await Promise.all(returning.map((name) => stage.join(`${name}-back`, { as: name })));
    await stage.settling.waitOut();
    if (stage.target.hasProbe) await stage.target.probe();
    await stage.readRosterAnew();
    if (alice !== undefined && bob !== undefined)
      await Promise.all([stage.inject(disconnect(alice)), stage.inject(fin(bob))]);
    await stage.settle();
  },
  checks: {
    "RESTART-TELLS-ONCE": [
      ...back.flatMap((actor) => [joinedOnceEach(actor), notGoneOnceBack(actor)]),
      heardByAll("alice-back"),
      heardByAll("bob-back"),
    ],
    "RESTART-LEAVES-NO-GHOST": [rosterReconciled(), mappingsReconciled()],
    "LEAVE-IN-TIME": [leftInsideWindow("alice-back"), leftInsideWindow("bob-back")],
    ...askedAlways,
  },
});
