import {
  defineScenario,
  disconnect,
  heardByAll,
  noFalseLeave,
  othersStayConnected,
} from "../../harness/index.ts";

export default defineScenario({
  title: "The end of a session that never identified names nobody",
  needs: ["identify-message"],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const stranger = await stage.connect("stranger");
    await stranger.subscribe();
    await stage.inject(disconnect(stranger));
    await stage.settle();
  },
  checks: {
    "UNIDENTIFIED-ENDS-UNNAMED": [noFalseLeave()],
    "UNIDENTIFIED-ENDS-TOLD": [heardByAll("stranger")],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
  },
});
