import { defineScenario, disconnectFrame, heardByAll, receiptCame } from "../../harness/index.ts";
import { askedAlways } from "../always.ts";

/** A server may close the connection of a client that asked for no receipt, and wait for one that did. */
export default defineScenario({
  id: "leave/disconnect-receipt-then-linger",
  title: "A client that gets the receipt for its DISCONNECT and leaves its connection open is reported gone",
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice", { by: "speaker" });
    await stage.inject(disconnectFrame(alice, "linger-for-receipt"));
    await stage.settle();
  },
  checks: {
    "LEAVE-WITHIN-LINGER": [heardByAll("alice")],
    "DISCONNECT-RECEIPT": [receiptCame("alice")],
    ...askedAlways,
  },
});
