import { defineScenario, disconnect, heardByAll, livesOn } from "../../harness/index.ts";
import { askedAlways } from "../always.ts";
import { isPolling, transports } from "../grid.ts";
import { onTransport } from "../on-transport.ts";

export default defineScenario({
  title: "A client that only listens is there until it leaves, however long that is",
  axes: { transport: transports },
  needs: onTransport,
  async run(stage) {
    const { transport } = stage.axes;
    await stage.join("carol");
    // Of a usual client's polls nobody can tell which one was its last.
    const by = transport !== undefined && isPolling(transport) ? "speaker" : "harness";
    const alice = await stage.join("alice", { by, transport });
    // What others do on the topic reaches alice now and then; dave hears of nothing at all.
    await stage.join("dave", { by, transport, subscribes: false });
    // Their requests are answered and made anew, their WebSockets are asked whether they live.
    await stage.wait(stage.quietMs);
    await stage.settle();
    if (alice.isOpen) await stage.inject(disconnect(alice));
    await stage.settle();
  },
  checks: {
    ...askedAlways,
    "NO-FALSE-LEAVE": [livesOn("alice"), livesOn("dave")],
    "LEAVE-ON-DISCONNECT": [heardByAll("alice")],
  },
});
