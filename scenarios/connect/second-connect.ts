import { defineScenario, heardByAll, joinedOnceEach, misbehave, noLeaveTwice } from "../../harness/index.ts";
import { askedAlways } from "../always.ts";

export default defineScenario({
  id: "connect/second-connect",
  title: "A client that connects twice in one session comes once and leaves once",
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice", { by: "speaker" });
    const { speaker } = alice;
    await stage.inject(misbehave(alice, "second-connect", () => speaker.stomp(speaker.connectFrame())));
    await stage.settle();
  },
  checks: {
    "SECOND-CONNECT-NO-IDENTITY": [joinedOnceEach("alice"), heardByAll("alice"), noLeaveTwice()],
    ...askedAlways,
  },
});
