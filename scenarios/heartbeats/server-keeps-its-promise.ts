import { defineScenario, heartbeatsCame } from "../../harness/index.ts";

/** Interval that the client requests, as a share of the target's declared interval. */
const wanted: Readonly<Record<string, number>> = { "as-offered": 1, faster: 0.25, slower: 1.5 };

/** Number of heartbeat periods to watch. */
const periods = 4;

export default defineScenario({
  title: "The target sends heartbeats as often as negotiated",
  needs: ["heartbeats", "websocket"],
  axes: { wanted: Object.keys(wanted) },
  async run(stage) {
    const periodMs = stage.profile.heartbeatMs;
    const incomingMs = Math.round(periodMs * (wanted[stage.axes["wanted"] ?? ""] ?? 1));
    // Without a subscription, only heartbeats arrive.
    const alice = await stage.connect("alice", {
      by: "raw",
      raw: { recordsBytes: true },
      heartbeats: { outgoingMs: periodMs, incomingMs },
    });
    await stage.wait(periods * alice.session.serverHeartbeatMs);
    await stage.settle();
  },
  checks: { "HEARTBEATS-AS-NEGOTIATED": [heartbeatsCame("alice")] },
});
