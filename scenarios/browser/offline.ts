import { goOffline } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  title: "A client whose browser loses its network is reported gone, not early and not late",
  needs: ["browser", "heartbeats"],
  join: { by: "tab", heartbeats: true },
  fault: goOffline,
  requirement: "LEAVE-ON-SILENCE",
});
