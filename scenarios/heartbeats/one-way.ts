import {
  defineScenario,
  heartbeatsCame,
  livesOn,
  noHeartbeatsUnasked,
  othersStayConnected,
} from "../../harness/index.ts";
import { transports } from "../grid.ts";
import { onTransport } from "../on-transport.ts";

/** Number of heartbeat periods to watch. */
const periods = 4;

export default defineScenario({
  title: "Heartbeats go one way where only one side promises some and the other wants them",
  needs: (axes) => [...onTransport(axes), "heartbeats"],
  axes: { transport: transports, way: ["to-client", "to-target"] },
  async run(stage) {
    const { heartbeatMs } = stage.profile;
    const { transport, way } = stage.axes;
    await stage.join("carol");
    const alice = await stage.join("alice", {
      by: "raw",
      transport,
      raw: { recordsBytes: true },
      // Heartbeats are told from messages by what arrives without one, and their absence by a message that arrives later.
      subscribes: way === "to-target",
      heartbeats:
        way === "to-client"
          ? { outgoingMs: 0, incomingMs: heartbeatMs }
          : { outgoingMs: heartbeatMs, incomingMs: 0 },
    });
    await stage.wait(periods * Math.max(alice.session.clientHeartbeatMs, alice.session.serverHeartbeatMs));
    await stage.settle();
  },
  checks: ({ way }) => ({
    "HEARTBEATS-AS-NEGOTIATED": [
      livesOn("alice"),
      way === "to-client" ? heartbeatsCame("alice") : noHeartbeatsUnasked("alice"),
    ],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
  }),
});
