import { defineScenario, disconnect, heardByAll, leftInsideWindow } from "../../harness/index.ts";
import { possibleTransports } from "../../harness/stage/connection-settings.ts";
import { askedAlways } from "../always.ts";

export default defineScenario({
  title: "Every subscriber receives a leave once, on every transport",
  async run(stage) {
    for (const transport of possibleTransports(stage.profile))
      await stage.join(`on-${transport}`, { transport });
    await stage.join("carol");
    const alice = await stage.join("alice");
    await stage.inject(disconnect(alice));
    await stage.settle();
  },
  checks: {
    "EVERY-SUBSCRIBER-HEARS": [heardByAll("alice")],
    "LEAVE-IN-TIME": [leftInsideWindow("alice")],
    ...askedAlways,
  },
});
