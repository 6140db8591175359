import { defineScenario, livesOn, othersStayConnected } from "../../harness/index.ts";

/** Period of the slower side, in multiples of the faster side's allowed silence. */
const patience = 1.5;

export default defineScenario({
  title: "A client that sends heartbeats at the negotiated slower rate is not reported gone",
  needs: ["heartbeats", "websocket"],
  axes: { offers: ["slower", "faster"] },
  async run(stage) {
    const { heartbeatMs, deadlines } = stage.profile;
    const factor = patience * deadlines.silenceIntervals;
    const outgoingMs = Math.ceil(
      stage.axes["offers"] === "slower" ? heartbeatMs * factor : heartbeatMs / factor,
    );
    await stage.join("carol");
    const heartbeats = { outgoingMs, incomingMs: 0 };
    const alice = await stage.join("alice", { by: "raw", subscribes: false, heartbeats });
    // Long enough for two heartbeats and the silence between them.
    await stage.wait(2 * alice.session.clientHeartbeatMs);
    await stage.settle();
  },
  checks: {
    "HEARTBEATS-AS-NEGOTIATED": [livesOn("alice")],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
  },
});
