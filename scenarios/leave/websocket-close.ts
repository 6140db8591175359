import { close } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  id: "leave/websocket-close",
  title: "A client that closes its WebSocket is reported gone",
  needs: ["native-websocket"],
  join: { transport: "native" },
  fault: close,
  requirement: "LEAVE-ON-CLOSE",
});
