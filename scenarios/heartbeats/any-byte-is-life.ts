import { encodeStomp } from "../../harness/clients/raw/codec/stomp-frame.ts";
import { defineScenario, fin, livesByPieces, livesOn, othersStayConnected } from "../../harness/index.ts";

/** Pause between two signs of life, as a share of the heartbeat period. */
const share = 0.8;

export default defineScenario({
  title: "A client that sends any bytes in time is not reported gone",
  // If SUBSCRIBE identifies the client, a second SUBSCRIBE would identify it again.
  needs: ["heartbeats", "websocket", "free-subscriptions"],
  axes: { sent: ["frames", "pieces-of-a-frame"] },
  async run(stage) {
    await stage.join("carol");
    const alice = await stage.join("alice", {
      by: "raw",
      raw: { beats: false },
      subscribes: false,
      heartbeats: "outgoing",
    });
    const subscribe = encodeStomp("SUBSCRIBE", { id: "beat", destination: alice.topic });
    const beats = stage.profile.deadlines.silenceIntervals * 2;
    const piece = Math.ceil(subscribe.length / beats);
    for (let beat = 0; beat < beats; beat += 1) {
      const frame = beat % 2 === 0 ? subscribe : encodeStomp("UNSUBSCRIBE", { id: "beat" });
      const part = subscribe.slice(beat * piece, (beat + 1) * piece);
      await alice.raw.stomp(stage.axes["sent"] === "frames" ? frame : part).catch(() => undefined);
      await stage.wait(share * alice.session.clientHeartbeatMs);
    }
    // Alice sends no more bytes. The fault shows the checks that the target did not cause her end.
    if (alice.session.isOpen) await stage.inject(fin(alice));
    await stage.settle();
  },
  checks: ({ sent }) => ({
    "ANY-BYTE-IS-LIFE": [sent === "frames" ? livesOn("alice") : livesByPieces("alice")],
    // A target may refuse a frame in pieces.
    "OTHERS-STAY-CONNECTED": [sent === "frames" ? othersStayConnected() : othersStayConnected("alice")],
  }),
});
