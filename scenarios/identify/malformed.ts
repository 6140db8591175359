import {
  defineScenario,
  disconnect,
  framesWhole,
  heardByAll,
  livesOn,
  malformIdentify,
  noFalseLeave,
  nothingOf,
  onlyIdentifiedCome,
  othersStayConnected,
  targetSurvives,
} from "../../harness/index.ts";
import { malformed } from "../malformed.ts";

export default defineScenario({
  title: "A malformed identify message names nobody and disturbs nobody, and a later correct one works",
  axes: { body: Object.keys(malformed) },
  mayBreakFrames: true,
  needs: ["json-identify"],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.connect("alice", { by: "raw" });
    await alice.subscribe();
    // The name differs from the later correct name, so that a notice shows its message.
    const frame = alice.identifyFrame(malformed[stage.axes["body"] ?? ""], stage.clientOf("rubbish"));
    await stage.inject(malformIdentify(alice, frame));
    if (await alice.untilClosed(stage.profile.deadlines.endedMs)) {
      await alice.reconnect({ by: "raw" });
      await alice.subscribe();
    }
    await stage.identify(alice, "alice");
    await stage.inject(disconnect(alice));
    await stage.settle();
  },
  checks: {
    "MALFORMED-IDENTIFY-HARMLESS": [
      framesWhole(),
      onlyIdentifiedCome(),
      noFalseLeave(),
      livesOn("bob"),
      livesOn("carol"),
      heardByAll("alice"),
      nothingOf("rubbish"),
    ],
    "OTHERS-STAY-CONNECTED": [othersStayConnected("alice")],
    "SURVIVES-ITS-CLIENTS": [targetSurvives()],
  },
});
