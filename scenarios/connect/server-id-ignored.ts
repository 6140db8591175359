import { connects, defineScenario, disconnect, heardByAll, joinedOnceEach } from "../../harness/index.ts";
import { askedAlways } from "../always.ts";
import { connectByHand } from "../by-hand.ts";
import { transports } from "../grid.ts";
import { isOverHttp } from "../../harness/profile/transports.ts";

export default defineScenario({
  title: "Requests with the same session id belong to one session, whatever their server ids",
  needs: ["sockjs"],
  // A WebSocket session has one address, and so one server id.
  axes: { transport: transports.filter(isOverHttp) },
  async run(stage) {
    const { transport } = stage.axes;
    await stage.join("carol");
    await stage.join("bob");
    const alice = await connectByHand(stage, "alice", { transport, raw: { serverIds: ["000", "999"] } });
    if (alice !== undefined) {
      await alice.subscribe();
      await stage.identify(alice, "alice");
      await stage.inject(disconnect(alice));
    }
    await stage.settle();
  },
  checks: {
    "SOCKJS-ANY-IDS": [connects("alice"), joinedOnceEach("alice")],
    "LEAVE-ON-DISCONNECT": [heardByAll("alice")],
    ...askedAlways,
  },
});
