import {
  defineScenario,
  disconnect,
  heardByAll,
  livesOn,
  noHeartbeatsUnasked,
  othersStayConnected,
} from "../../harness/index.ts";

/** `heart-beat` headers without a promise to send: `0,0`, no header, or only a wish to receive. */
const headers = ["zero", "none", "wants-some"] as const;

export default defineScenario({
  title:
    "No heartbeats are expected from a client that offered none, and none are sent to a client that wants none",
  needs: ["heartbeats", "websocket"],
  axes: { header: headers },
  async run(stage) {
    const { heartbeatMs, deadlines } = stage.profile;
    const { header } = stage.axes;
    await stage.join("carol");
    const alice = await stage.connect("alice", {
      by: "raw",
      raw: { until: "opened", recordsBytes: true },
      heartbeats: { outgoingMs: 0, incomingMs: header === "wants-some" ? heartbeatMs : 0 },
    });
    const changes = header === "none" ? { "heart-beat": undefined } : {};
    await alice.raw.stomp(alice.raw.connectFrame(changes));
    await alice.until("an answer to CONNECT");
    await stage.identify(alice, "alice");
    await stage.wait((deadlines.silenceIntervals + 1) * heartbeatMs);
    await stage.settle();
    if (alice.session.isOpen) await stage.inject(disconnect(alice));
    await stage.settle();
  },
  checks: {
    "HEARTBEATS-AS-NEGOTIATED": [livesOn("alice"), noHeartbeatsUnasked("alice")],
    "LEAVE-ON-DISCONNECT": [heardByAll("alice")],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
  },
});
