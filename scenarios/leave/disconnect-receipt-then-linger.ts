import { receiptCame } from "../../harness/index.ts";
import { defineLinger } from "../linger.ts";

/** A server may close the connection of a client that asked for no receipt, and wait for one that asked. */
export default defineLinger({
  title: "A client that gets its DISCONNECT receipt and leaves its connection open is reported gone",
  receipt: true,
  checks: { "DISCONNECT-RECEIPT": [receiptCame("alice")] },
});
