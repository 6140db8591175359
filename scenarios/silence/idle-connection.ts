import { defineScenario, keptAlive, livesOn, othersStayConnected } from "../../harness/index.ts";
import { idleWaitMs } from "../../harness/stage/limits.ts";
import { transports } from "../grid.ts";
import { onTransport } from "../on-transport.ts";

export default defineScenario({
  title: "An idle connection outlives the idle timeout of proxies, and its client stays present",
  axes: { offers: ["as-users", "nothing"], transport: transports },
  needs: onTransport,
  waitsLong: true,
  fixedWaitMs: idleWaitMs,
  async run(stage) {
    const { offers, transport } = stage.axes;
    await stage.join("carol", { heartbeats: "as-users" });
    await stage.join("alice", {
      by: "raw",
      transport,
      raw: { recordsTraffic: true },
      // Messages would keep her connection alive.
      subscribes: false,
      heartbeats: offers === "as-users" ? "as-users" : false,
    });
    await stage.rest(idleWaitMs(stage.profile));
    await stage.settle();
  },
  checks: ({ offers, transport }) => ({
    // STOMP without SockJS leaves a server no way to write to a client that wants no heartbeats, other than pings.
    ...(offers === "nothing" && transport === "native"
      ? {}
      : { "KEEP-ALIVE-UNDERCUTS-PROXIES": [keptAlive("alice")] }),
    "NO-FALSE-LEAVE": [livesOn("alice")],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
  }),
});
