import { close } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  id: "leave/sockjs-close",
  title: "A client that closes its SockJS connection is reported gone",
  needs: ["sockjs"],
  join: { heartbeats: true },
  fault: close,
  requirement: "LEAVE-ON-CLOSE",
});
