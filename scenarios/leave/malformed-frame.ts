import { malformFrame, targetSurvives } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, quietAfterwards } from "../grid.ts";

export default defineEnding({
  title: "A client that sends a malformed frame leaves once, whichever side ends the session",
  ...grid(quietAfterwards),
  join: { by: "raw" },
  fault: malformFrame,
  requirement: "LEAVE-ON-VIOLATION",
  checks: { "SURVIVES-ITS-CLIENTS": [targetSurvives()] },
});
