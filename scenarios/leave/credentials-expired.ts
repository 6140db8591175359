import {
  close,
  credentialsExpired,
  defineScenario,
  heardByAll,
  leftInsideWindow,
} from "../../harness/index.ts";
import { askedAlways } from "../always.ts";
import { transports } from "../grid.ts";
import { onTransport } from "../on-transport.ts";

export default defineScenario({
  title: "A client whose credentials expire is reported gone, once",
  needs: (axes) => ["expires", ...onTransport(axes)],
  axes: { transport: transports },
  async run(stage) {
    const { transport } = stage.axes;
    await stage.observers.join();
    const alice = await stage.join("alice", { by: "raw", transport, credentials: "expires" });
    await stage.inject(credentialsExpired(alice, stage.profile.expires?.afterMs ?? 0));
    const isHeard = await stage.settling.untilHeardOrOverdue();
    // A target that left the connection open hears of the session's end once more.
    if (isHeard && alice.session.isOpen) await stage.inject(close(alice));
    await stage.settle();
  },
  checks: {
    "LEAVE-ON-EXPIRY": [heardByAll("alice")],
    "LEAVE-IN-TIME": [leftInsideWindow("alice")],
    ...askedAlways,
  },
});
