import { halfClose } from "../../harness/index.ts";
import { isOverHttp } from "../../harness/profile/transports.ts";
import { defineEnding } from "../ending.ts";
import { grid, isPolling, noneOn } from "../grid.ts";

export default defineEnding({
  title: "A client that closes its half of the connection is reported gone",
  ...grid(
    noneOn(
      (transport) => isOverHttp(transport) && !isPolling(transport),
      "a client that ends its half after an HTTP request still reads the stream: not gone",
    ),
  ),
  fault: halfClose,
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
