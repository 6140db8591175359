import { breakFraming } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, quietAfterwards } from "../grid.ts";

export default defineEnding({
  title: "A client that breaks SockJS's or the WebSocket's framing leaves once, whoever ends it",
  ...grid(quietAfterwards),
  join: { by: "speaker" },
  fault: breakFraming,
  requirement: "LEAVE-ON-VIOLATION",
});
