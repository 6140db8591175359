import {
  close,
  defineScenario,
  disconnect,
  fin,
  heardByAll,
  joinedOnceEach,
  leftInsideWindow,
  rst,
} from "../../harness/index.ts";
import { askedAlways } from "../always.ts";

const ends = [disconnect, fin, close, rst, disconnect, rst, close, fin, disconnect, fin];

export default defineScenario({
  title: "A client that joins and leaves ten times is announced ten times each way",
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.connect("alice");
    for (const [place, end] of ends.entries()) {
      if (place > 0) await alice.reconnect({});
      await alice.subscribe();
      await stage.identify(alice, "alice");
      await stage.inject(end(alice));
      await stage.settling.untilHeard();
    }
    await stage.settle();
  },
  checks: {
    "RECONNECT-IDENTIFIES-ANEW": [joinedOnceEach("alice"), heardByAll("alice")],
    "LEAVE-IN-TIME": [leftInsideWindow("alice")],
    ...askedAlways,
  },
});
