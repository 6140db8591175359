import { blackhole } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { transports } from "../grid.ts";

export default defineEnding({
  title: "A client without heartbeats that falls silent is reported gone, neither early nor late",
  needs: ["silence-deadline"],
  axes: { transport: transports },
  join: { by: "raw" },
  fault: blackhole,
  requirement: "LIVENESS-WITHOUT-HEARTBEATS",
});
