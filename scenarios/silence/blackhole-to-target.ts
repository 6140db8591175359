import { blackhole } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, promisedOnly } from "../grid.ts";

export default defineEnding({
  title: "A client that receives but can no longer send is reported gone, neither early nor late",
  needs: ["heartbeats"],
  ...grid(promisedOnly),
  join: { heartbeats: true },
  fault: (alice) => blackhole(alice, { direction: "to-target" }),
  requirement: "LEAVE-ON-SILENCE",
});
