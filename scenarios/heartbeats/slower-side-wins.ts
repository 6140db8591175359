import { defineScenario, livesOn, othersStayConnected } from "../../harness/index.ts";

/** More periods of the slower side than the faster one would wait for. */
const patience = 1.5;

export default defineScenario({
  title: "A client that beats as slowly as was agreed is not reported gone",
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
    const alice = await stage.join("alice", { by: "speaker", subscribes: false, heartbeats });
    // Two beats, and the whole silence between them.
    await stage.wait(2 * alice.clientHeartbeatMs);
    await stage.settle();
  },
  checks: {
    "HEARTBEATS-AS-NEGOTIATED": [livesOn("alice")],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
  },
});
