import { defineScenario, disconnectFrame, heardByAll } from "../../harness/index.ts";
import { askedAlways } from "../always.ts";

export default defineScenario({
  id: "leave/disconnect-then-linger",
  title: "A client that says DISCONNECT and leaves its connection open is reported gone all the same",
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice", { by: "speaker" });
    await stage.inject(disconnectFrame(alice, "linger"));
    await stage.settle();
  },
  checks: { "LEAVE-WITHIN-LINGER": [heardByAll("alice")], ...askedAlways },
});
