import {
  defineScenario,
  disconnect,
  framesWhole,
  heardByAll,
  livesOn,
  noLeaveTwice,
  othersStayConnected,
  targetSurvives,
} from "../../harness/index.ts";

const texts: Readonly<Record<string, string>> = {
  // A lone surrogate: JSON can write it, UTF-8 cannot.
  "half-a-pair": "half \ud83d",
  nul: "nul \0",
  "very-long": "x".repeat(50_000),
};

/** The target may refuse such data. It must go on working. */
export default defineScenario({
  title: "An identify message that a target may refuse disturbs nobody, and a later one works",
  axes: { text: Object.keys(texts) },
  mayBreakFrames: true,
  needs: ["json-identify"],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.connect("alice", { by: "raw" });
    await alice.subscribe();
    await stage.identify(alice, texts[stage.axes["text"] ?? ""] ?? "");
    if (await alice.untilClosed(stage.profile.deadlines.endedMs)) {
      await alice.reconnect({ by: "raw" });
      await alice.subscribe();
    }
    await stage.identify(alice, "alice");
    await stage.inject(disconnect(alice));
    await stage.settle();
  },
  checks: {
    "MALFORMED-IDENTIFY-HARMLESS": [framesWhole(), livesOn("bob"), livesOn("carol"), heardByAll("alice")],
    "LEAVE-NOT-TWICE": [noLeaveTwice()],
    "OTHERS-STAY-CONNECTED": [othersStayConnected("alice")],
    "SURVIVES-ITS-CLIENTS": [targetSurvives()],
  },
});
