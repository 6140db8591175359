import { halfClose } from "../../harness/index.ts";
import { isOverHttp } from "../../harness/profile/transports.ts";
import { defineEnding } from "../ending.ts";
import { grid, isPolling, noneOn } from "../grid.ts";

export default defineEnding({
  title: "A client that closes its half of the connection is reported gone",
  ...grid(
    noneOn(
      (transport) => isOverHttp(transport) && !isPolling(transport),
      "a client that closes its half of an HTTP connection after the request still reads the stream that answers it, so it is not gone",
    ),
  ),
  fault: halfClose,
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
