import { defineScenario, sessionIdReadRight } from "../../harness/index.ts";
import { sockJsTransports } from "../../harness/profile/transports.ts";

export default defineScenario({
  title: "A page reads its own session id from the transport's address",
  needs: ["browser", "sockjs"],
  axes: { transport: sockJsTransports },
  async run(stage) {
    await stage.connect("alice", { by: "tab", transport: stage.axes["transport"] });
  },
  checks: { "SESSION-ID-FROM-TRANSPORT": [sessionIdReadRight("alice")] },
});
