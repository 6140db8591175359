import { halfClose } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  id: "leave/half-close",
  title: "A connection that the client closes one way only is reported gone",
  needs: ["heartbeats"],
  join: { heartbeats: true },
  fault: halfClose,
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
