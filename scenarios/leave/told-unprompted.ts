import { defineScenario, disconnect, fin, toldUnprompted } from "../../harness/index.ts";
import { askedAlways } from "../always.ts";

const ways = { disconnect, fin } as const;

export default defineScenario({
  title: "A leave is announced even if no other client sends anything",
  axes: { way: Object.keys(ways) },
  needsQuiet: true,
  needsSilence: true,
  async run(stage) {
    // Heartbeats would be messages, too.
    await stage.join("carol");
    const alice = await stage.join("alice");
    await stage.inject(stage.axes["way"] === "fin" ? ways.fin(alice) : ways.disconnect(alice));
    await stage.settle();
  },
  checks: { "LEAVE-UNPROMPTED": [toldUnprompted("alice")], ...askedAlways },
});
