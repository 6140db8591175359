import { receiptCame } from "../../harness/index.ts";
import { defineLinger } from "../linger.ts";

/** Variant with a receipt: a server may close only the connections of clients that requested no receipt. */
export default defineLinger({
  title: "A client that gets its DISCONNECT receipt and leaves its connection open is reported gone",
  receipt: true,
  checks: { "DISCONNECT-RECEIPT": [receiptCame("alice")] },
});
