import { defineScenario, noLeaveTwice, othersStayConnected, targetSurvives } from "../../harness/index.ts";
import { harmsNobody, keepsName, knownThenMalformed, unreadable, wasKnown } from "../malformed.ts";

export default defineScenario({
  title: "A known client that sends malformed JSON keeps its name and its leave",
  axes: { body: unreadable },
  mayBreakFrames: true,
  needs: ["json-identify"],
  run: knownThenMalformed,
  expects: wasKnown,
  checks: {
    "MALFORMED-IDENTIFY-HARMLESS": [...keepsName(), ...harmsNobody()],
    "LEAVE-NOT-TWICE": [noLeaveTwice()],
    "OTHERS-STAY-CONNECTED": [othersStayConnected("alice")],
    "SURVIVES-ITS-CLIENTS": [targetSurvives()],
  },
});
