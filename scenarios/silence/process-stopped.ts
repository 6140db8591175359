import { stop } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, identifiedOnly } from "../grid.ts";

export default defineEnding({
  title: "A client whose process is stopped is reported gone, neither early nor late",
  needs: ["heartbeats", "signals"],
  ...grid(identifiedOnly),
  join: { by: "process", heartbeats: true },
  fault: stop,
  requirement: "LEAVE-ON-SILENCE",
});
