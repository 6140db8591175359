import { freezePage } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  title: "A client whose page no longer runs is reported gone, not early and not late",
  needs: ["browser", "heartbeats"],
  join: { by: "tab", heartbeats: true },
  fault: freezePage,
  requirement: "LEAVE-ON-SILENCE",
});
