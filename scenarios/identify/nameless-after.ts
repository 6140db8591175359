import { defineScenario, noLeaveTwice, othersStayConnected, targetSurvives } from "../../harness/index.ts";
import { harmsNobody, keepsName, knownThenMalformed, malformed, unreadable, wasKnown } from "../malformed.ts";

export default defineScenario({
  title: "A known client that sends JSON without a name keeps its name and its leave",
  axes: { body: Object.keys(malformed).filter((body) => !unreadable.includes(body)) },
  mayBreakFrames: true,
  needs: ["json-identify"],
  run: knownThenMalformed,
  expects: wasKnown,
  checks: {
    "NAME-KEPT-WITHOUT-NEW-ONE": keepsName(),
    "MALFORMED-IDENTIFY-HARMLESS": harmsNobody(),
    "LEAVE-NOT-TWICE": [noLeaveTwice()],
    "OTHERS-STAY-CONNECTED": [othersStayConnected("alice")],
    "SURVIVES-ITS-CLIENTS": [targetSurvives()],
  },
});
