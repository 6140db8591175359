import { defineScenario, disconnect, heardByAll, livesOn, unsubscribe } from "../../harness/index.ts";
import { askedAlways } from "../always.ts";

export default defineScenario({
  title: "A client that unsubscribes is not reported gone",
  // If SUBSCRIBE identifies a client, UNSUBSCRIBE may mean a leave.
  needs: ["free-subscriptions"],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice", { by: "raw" });
    await stage.inject(unsubscribe(alice));
    await stage.settle();
    if (alice.session.isOpen) await stage.inject(disconnect(alice));
    await stage.settle();
  },
  checks: {
    ...askedAlways,
    "NO-FALSE-LEAVE": [livesOn("alice")],
    "LEAVE-ON-DISCONNECT": [heardByAll("alice")],
  },
});
