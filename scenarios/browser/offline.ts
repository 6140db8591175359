import { goOffline } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  title: "A client whose browser goes offline is reported gone, neither early nor late",
  needs: ["browser", "heartbeats"],
  join: { by: "tab", heartbeats: true },
  fault: goOffline,
  requirement: "LEAVE-ON-SILENCE",
});
