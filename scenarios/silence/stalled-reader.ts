import { stopReading } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { transports } from "../grid.ts";

export default defineEnding({
  title: "A client that stops reading is reported gone, neither early nor late",
  needs: ["silence-deadline"],
  axes: { transport: transports },
  join: { by: "raw" },
  fault: stopReading,
  // The notices about erin pile up before alice's client.
  beside: (stage) => stage.join("erin"),
  requirement: "LEAVE-OF-STALLED-READER",
});
