import { defineScenario, toldOfStop } from "../../harness/index.ts";

export default defineScenario({
  title: "A target that is asked to stop closes its clients' connections with a going-away code",
  needs: ["own-target"],
  async run(stage) {
    await stage.join("alice");
    await stage.target.stop();
  },
  checks: { "STOP-SAYS-GOING-AWAY": [toldOfStop("alice")] },
});
