import { defineScenario, targetSurvives } from "../../harness/index.ts";

/** The run plays this case after all others. Deaths of the target that no single case repeats are findings of this case. */
export default defineScenario({
  title: "After all other cases the target is still there, and died in none of them",
  async run(stage) {
    await stage.connect("alice");
  },
  checks: { "SURVIVES-ITS-CLIENTS": [targetSurvives()] },
});
