import { blackhole } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, promisedOnly } from "../grid.ts";

export default defineEnding({
  title: "A client that still hears and is no longer heard is reported gone, not early and not late",
  needs: ["heartbeats"],
  ...grid(promisedOnly),
  join: { heartbeats: true },
  fault: (alice) => blackhole(alice, { direction: "to-target" }),
  requirement: "LEAVE-ON-SILENCE",
});
