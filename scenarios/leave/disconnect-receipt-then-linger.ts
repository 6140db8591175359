import { receiptCame } from "../../harness/index.ts";
import { defineLinger } from "../linger.ts";

/** A server may close the connection of a client that asked for no receipt, and wait for one that asked. */
export default defineLinger({
  title: "A leave is reported for a client that gets its DISCONNECT receipt and leaves its connection open",
  receipt: true,
  checks: { "DISCONNECT-RECEIPT": [receiptCame("alice")] },
});
