import {
  defineScenario,
  errorThenClosed,
  livesOn,
  othersStayConnected,
  targetSurvives,
} from "../../harness/index.ts";
import { transports } from "../grid.ts";
import { onTransport } from "../on-transport.ts";

export default defineScenario({
  title: "An ERROR ends the session on every transport",
  axes: { transport: transports },
  needs: onTransport,
  async run(stage) {
    const { transport } = stage.axes;
    await stage.join("carol");
    const alice = await stage.connect("alice", { by: "raw", transport });
    // The target may end the session before it has read all bytes.
    await alice.raw.stomp("SHOUT\ndestination:/anywhere\n\n\0").catch(() => undefined);
    await alice.until("the connection's end", 4 * stage.profile.deadlines.httpEndedMs);
    await stage.settle();
  },
  checks: {
    "ERROR-THEN-CLOSE": [errorThenClosed("alice", "permitted")],
    "OTHERS-STAY-CONNECTED": [livesOn("carol"), othersStayConnected("alice")],
    "SURVIVES-ITS-CLIENTS": [targetSurvives()],
  },
});
