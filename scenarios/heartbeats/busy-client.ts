import { encodeStomp } from "../../harness/clients/raw/codec/stomp-frame.ts";
import { defineScenario, heartbeatsCame, livesOn, othersStayConnected } from "../../harness/index.ts";
import { transports } from "../grid.ts";
import { onTransport } from "../on-transport.ts";

/** Number of heartbeat periods to watch. */
const periods = 4;

/** Pause between two frames, as a share of the heartbeat period. */
const share = 0.3;

export default defineScenario({
  title: "A client that sends frames all the time gets the target's heartbeats all the same",
  needs: (axes) => [...onTransport(axes), "heartbeats", "free-subscriptions"],
  axes: { transport: transports },
  async run(stage) {
    const periodMs = stage.profile.heartbeatMs;
    await stage.join("carol");
    const alice = await stage.join("alice", {
      by: "raw",
      transport: stage.axes["transport"],
      raw: { recordsBytes: true },
      subscribes: false,
      heartbeats: { outgoingMs: periodMs, incomingMs: periodMs },
    });
    // Both frames together, so that hardly a message comes of the subscription.
    const frames =
      encodeStomp("SUBSCRIBE", { id: "busy", destination: alice.topic }) +
      encodeStomp("UNSUBSCRIBE", { id: "busy" });
    for (let sent = 0; sent < periods / share && alice.session.isOpen; sent += 1) {
      await alice.raw.stomp(frames).catch(() => undefined);
      await stage.wait(share * periodMs);
    }
    await stage.settle();
  },
  checks: {
    "HEARTBEATS-AS-NEGOTIATED": [livesOn("alice"), heartbeatsCame("alice")],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
  },
});
