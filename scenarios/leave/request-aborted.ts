import { abort } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  id: "leave/request-aborted",
  title: "A client that breaks off its SockJS request is reported gone",
  needs: ["sockjs"],
  axes: { transport: ["xhr-streaming", "xhr-polling"] },
  // What others do would end the request by itself, now and then.
  join: ({ transport }) => ({ by: "speaker", transport, subscribes: false }),
  fault: abort,
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
