import { stopRenderer } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  title: "A client whose page's process is stopped is reported gone, neither early nor late",
  needs: ["browser", "heartbeats", "signals"],
  join: { by: "tab", ownBrowser: true, heartbeats: true },
  fault: stopRenderer,
  requirement: "LEAVE-ON-SILENCE",
});
