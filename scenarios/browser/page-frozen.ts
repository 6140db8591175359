import { freezePage } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  title: "A client whose page freezes is reported gone, neither early nor late",
  needs: ["browser", "heartbeats"],
  join: { by: "tab", heartbeats: true },
  fault: freezePage,
  requirement: "LEAVE-ON-SILENCE",
});
