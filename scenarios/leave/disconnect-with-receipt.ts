import { disconnect, receiptCame } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, oncePerSession } from "../grid.ts";

export default defineEnding({
  title: "A client that sends DISCONNECT gets its receipt and is reported gone",
  ...grid(oncePerSession),
  fault: disconnect,
  requirement: "LEAVE-ON-DISCONNECT",
  checks: { "DISCONNECT-RECEIPT": [receiptCame("alice")] },
});
