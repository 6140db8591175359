import { defineScenario, heardByAll, leftInsideWindow, stopPolling } from "../../harness/index.ts";
import { askedAlways } from "../always.ts";

export default defineScenario({
  id: "leave/polling-stops",
  title: "A client that polls no more is reported gone",
  needs: ["sockjs", "xhr-polling"],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice", { by: "speaker", transport: "xhr-polling" });
    // What alice hears of dave answers her last poll.
    await Promise.all([stage.inject(stopPolling(alice)), stage.join("dave")]);
    await stage.settle();
  },
  checks: {
    "LEAVE-ON-LOST-CONNECTION": [heardByAll("alice")],
    "LEAVE-IN-TIME": [leftInsideWindow("alice")],
    ...askedAlways,
  },
});
