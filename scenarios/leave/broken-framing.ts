import { breakFraming, targetSurvives } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, quietAfterwards } from "../grid.ts";

export default defineEnding({
  title:
    "A client that breaks the framing of SockJS or WebSocket leaves once, whichever side ends the session",
  ...grid(quietAfterwards),
  join: { by: "raw" },
  fault: breakFraming,
  requirement: "LEAVE-ON-VIOLATION",
  checks: { "SURVIVES-ITS-CLIENTS": [targetSurvives()] },
});
