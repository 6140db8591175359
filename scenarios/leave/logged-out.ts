import { close, defineScenario, heardByAll, leftInsideWindow, logOut } from "../../harness/index.ts";
import { askedAlways } from "../always.ts";
import { transports } from "../grid.ts";
import { onTransport } from "../on-transport.ts";

export default defineScenario({
  title: "A client that is logged out over HTTP is reported gone, once",
  needs: (axes) => ["logout", ...onTransport(axes)],
  axes: { transport: transports },
  async run(stage) {
    const { transport } = stage.axes;
    await stage.observers.join();
    const alice = await stage.join("alice", { by: "raw", transport });
    await stage.inject(logOut(alice));
    const isHeard = await stage.settling.untilHeardOrOverdue();
    // A target that left the connection open hears of the session's end once more.
    if (isHeard && alice.session.isOpen) await stage.inject(close(alice));
    await stage.settle();
  },
  checks: {
    "LEAVE-ON-LOG-OUT": [heardByAll("alice")],
    "LEAVE-IN-TIME": [leftInsideWindow("alice")],
    ...askedAlways,
  },
});
