import { blackhole } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { transports } from "../grid.ts";

export default defineEnding({
  title: "A client that promised no heartbeats and falls silent is reported gone, not early and not late",
  needs: ["silence-deadline"],
  axes: { transport: transports },
  join: { by: "speaker" },
  fault: blackhole,
  requirement: "LIVENESS-WITHOUT-HEARTBEATS",
});
