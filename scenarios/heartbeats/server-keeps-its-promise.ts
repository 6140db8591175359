import { defineScenario, heartbeatsCame } from "../../harness/index.ts";

/** What the client wants, as a share of what the target is declared to offer. */
const wanted: Readonly<Record<string, number>> = { "as-offered": 1, faster: 0.25, slower: 1.5 };

/** How many heartbeat periods are watched. */
const periods = 4;

export default defineScenario({
  title: "A client hears of the target as often as the two have agreed",
  needs: ["heartbeats", "websocket"],
  axes: { wanted: Object.keys(wanted) },
  async run(stage) {
    const periodMs = stage.profile.heartbeatMs;
    const incomingMs = Math.round(periodMs * (wanted[stage.axes["wanted"] ?? ""] ?? 1));
    // It subscribes to nothing, so that only heartbeats come.
    const alice = await stage.connect("alice", {
      by: "speaker",
      speaker: { tellsBytes: true },
      heartbeats: { outgoingMs: periodMs, incomingMs },
    });
    await stage.wait(periods * alice.serverHeartbeatMs);
    await stage.settle();
  },
  checks: { "HEARTBEATS-AS-NEGOTIATED": [heartbeatsCame("alice")] },
});
