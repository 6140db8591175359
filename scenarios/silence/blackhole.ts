import { blackhole } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, promisedOnly } from "../grid.ts";

export default defineEnding({
  title: "A client that falls silent is reported gone, not early and not late",
  needs: ["heartbeats"],
  ...grid(promisedOnly),
  join: { heartbeats: true },
  fault: blackhole,
  requirement: "LEAVE-ON-SILENCE",
});
