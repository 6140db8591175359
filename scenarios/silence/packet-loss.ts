import { packetLoss } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  title: "A client whose packets are lost is reported gone, neither early nor late",
  needs: ["heartbeats", "packet-loss"],
  join: { heartbeats: true },
  fault: packetLoss,
  requirement: "LEAVE-ON-SILENCE",
});
