import { blackhole } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, promisedOnly } from "../grid.ts";

export default defineEnding({
  title: "A client that falls silent is reported gone, neither early nor late",
  needs: ["heartbeats"],
  ...grid(promisedOnly),
  join: { heartbeats: true },
  fault: blackhole,
  requirement: "LEAVE-ON-SILENCE",
});
