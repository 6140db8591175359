import { close, defineScenario, disconnectFrame, heardByAll } from "../../harness/index.ts";
import { askedAlways } from "../always.ts";

/** Whether the leave comes with DISCONNECT or with the close is the target's own affair; that both tell of it is not. */
export default defineScenario({
  id: "leave/disconnect-then-linger",
  title: "A client that says DISCONNECT and closes its connection only later is reported gone once",
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice", { by: "speaker" });
    await stage.inject(disconnectFrame(alice, "linger"));
    await stage.untilHeard();
    // The target may have closed it by itself.
    if (alice.isOpen) await stage.inject(close(alice));
    await stage.settle();
  },
  checks: {
    "LEAVE-ON-DISCONNECT": [heardByAll("alice")],
    ...askedAlways,
  },
});
