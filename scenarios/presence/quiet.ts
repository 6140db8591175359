import { visibleDeadlineMaxMs } from "../../harness/history/sessions/windows.ts";
import { defineScenario, disconnect, heardByAll, livesOn } from "../../harness/index.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import { askedAlways } from "../always.ts";
import { isPolling, transports } from "../grid.ts";
import { onTransport } from "../on-transport.ts";

export default defineScenario({
  title: "A client that only listens is present until it leaves",
  axes: { transport: transports },
  needs: onTransport,
  async run(stage) {
    const { transport } = stage.axes;
    await stage.join("carol");
    // The harness can't identify the last poll of a usual client.
    const by = transport !== undefined && isPolling(transport) ? "raw" : "harness";
    const alice = await stage.join("alice", { by, transport });
    // Alice receives a notice now and then. Dave receives no messages.
    await stage.join("dave", { by, transport, subscribes: false });
    // Meanwhile the server answers polls and pings WebSockets.
    await stage.wait(quietMs(stage.profile));
    await stage.settle();
    if (alice.session.isOpen) await stage.inject(disconnect(alice));
    await stage.settle();
  },
  checks: {
    ...askedAlways,
    "NO-FALSE-LEAVE": [livesOn("alice"), livesOn("dave")],
    "LEAVE-ON-DISCONNECT": [heardByAll("alice")],
  },
});

/** Longest declared time until observers receive the leave of a silent client. */
const quietMs = (profile: Profile): number => (profile.otherSilenceMs ?? 0) + visibleDeadlineMaxMs(profile);
