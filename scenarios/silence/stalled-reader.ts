import { stopReading } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { transports } from "../grid.ts";

export default defineEnding({
  title: "A client that takes nothing any more is reported gone, not early and not late",
  needs: ["silence-deadline"],
  axes: { transport: transports },
  join: { by: "speaker" },
  fault: stopReading,
  // What alice would hear of erin piles up.
  beside: (stage) => stage.join("erin"),
  requirement: "LEAVE-OF-STALLED-READER",
});
