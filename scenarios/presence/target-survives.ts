import { defineScenario, clientsStayConnected, targetSurvives } from "../../harness/index.ts";

/**
 * The run plays this case after all others. Findings of the run that belong to no single case are findings of this one: deaths of the target,
 * living clients that it closed, and leaves that it announced again after a case.
 */
export default defineScenario({
  title: "After all other cases the target is still there, and closed no living client",
  async run(stage) {
    await stage.connect("alice");
  },
  checks: {
    "SURVIVES-ITS-CLIENTS": [targetSurvives()],
    "OTHERS-STAY-CONNECTED": [clientsStayConnected()],
  },
});
