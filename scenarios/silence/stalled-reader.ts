import { stopReading } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { transports } from "../grid.ts";

export default defineEnding({
  title: "A client that stops reading is reported gone, neither early nor late",
  needs: ["silence-deadline"],
  axes: { transport: transports },
  join: { by: "raw" },
  fault: stopReading,
  // Alice's client does not read the notices about erin.
  beside: (stage) => stage.join("erin"),
  requirement: "LEAVE-OF-STALLED-READER",
});
