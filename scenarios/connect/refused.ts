import {
  defineScenario,
  errorThenClosed,
  nobodyToldOf,
  othersStayConnected,
  turnedAway,
} from "../../harness/index.ts";
import { isOverHttp } from "../../harness/profile/transports.ts";
import { transports } from "../grid.ts";
import { onTransport } from "../on-transport.ts";

export default defineScenario({
  title: "A client with credentials that must be refused is turned away, and nobody is told of it",
  needs: (axes) => ["refused", ...onTransport(axes)],
  axes: { transport: transports },
  async run(stage) {
    const { transport } = stage.axes;
    const { deadlines, graceMs } = stage.profile;
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.tryToConnect("alice", { by: "raw", transport, credentials: "refused" });
    const endMs = isOverHttp(transport ?? "") ? deadlines.httpEndedMs : deadlines.endedMs;
    await alice.until("the connection's end", 4 * endMs);
    // A leave of a session that was refused is due by then, if the target has one.
    await stage.wait(endMs + graceMs);
    await stage.readRosterAnew();
    await stage.settle();
  },
  checks: {
    "REFUSED-STAYS-OUT": [turnedAway("alice"), nobodyToldOf("alice")],
    "ERROR-THEN-CLOSE": [errorThenClosed("alice", "permitted")],
    "OTHERS-STAY-CONNECTED": [othersStayConnected("alice")],
  },
});
