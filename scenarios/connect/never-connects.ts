import { closedUnconnected, defineScenario, noFalseLeave, othersStayConnected } from "../../harness/index.ts";
import { transports } from "../grid.ts";
import { onTransport } from "../on-transport.ts";

export default defineScenario({
  title: "A connection without a CONNECT is closed within the declared time",
  needs: (axes) => ["connect-deadline", ...onTransport(axes)],
  axes: { transport: transports },
  needsQuiet: true,
  async run(stage) {
    const { transport } = stage.axes;
    const { connectMs = 0 } = stage.profile.deadlines;
    await stage.join("carol");
    const alice = await stage.connect("alice", { by: "raw", transport, raw: { until: "opened" } });
    // A close after twice the deadline is a failure like no close.
    await alice.until("the connection's end", 2 * connectMs);
    await stage.settle();
  },
  checks: {
    "NEVER-CONNECT-CLOSED": [closedUnconnected("alice")],
    "UNIDENTIFIED-ENDS-UNNAMED": [noFalseLeave()],
    "OTHERS-STAY-CONNECTED": [othersStayConnected("alice")],
  },
});
