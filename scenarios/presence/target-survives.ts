import { defineScenario, clientsStayConnected, targetSurvives } from "../../harness/index.ts";

/**
 * The run plays this case after all others. Deaths of the target that no single case repeats are findings of this case, and so are living clients
 * that it closed.
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
