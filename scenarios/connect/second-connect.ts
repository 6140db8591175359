import {
  defineScenario,
  heardByAll,
  inPhase,
  joinedOnceEach,
  noLeaveTwice,
  secondConnect,
} from "../../harness/index.ts";
import { askedBesideNames } from "../always.ts";

export default defineScenario({
  title: "A client that sends CONNECT twice in one session joins once and leaves once",
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice", { by: "raw" });
    await stage.inject(secondConnect(alice));
    await stage.settle();
  },
  // A target that ends alice's session before it has read her identify owes nobody a notice.
  expects: [inPhase("alice", "identified")],
  checks: {
    "SECOND-CONNECT-NO-IDENTITY": [joinedOnceEach("alice"), heardByAll("alice"), noLeaveTwice()],
    ...askedBesideNames,
  },
});
