import { close, leaveNamesSomebody } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, webSocketOnly } from "../grid.ts";

export default defineEnding({
  title: "A client that closes its connection without a DISCONNECT is reported gone",
  ...grid(webSocketOnly),
  fault: close,
  requirement: "LEAVE-ON-CLOSE",
  checks: { "LEAVE-NAMES-SOMEBODY": [leaveNamesSomebody()] },
});
