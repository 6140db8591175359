import { packetLoss } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  title: "A client whose packets get lost is reported gone, not early and not late",
  needs: ["heartbeats", "packet-loss"],
  join: { heartbeats: true },
  fault: packetLoss,
  requirement: "LEAVE-ON-SILENCE",
});
