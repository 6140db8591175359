import { cutInFrame } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, webSocketOnly } from "../grid.ts";

export default defineEnding({
  title: "A client whose connection ends in the middle of a frame is reported gone",
  ...grid({
    ...webSocketOnly,
    identifying: "the frame that is cut would be the identify",
    disconnected: "after DISCONNECT a client sends no frames",
  }),
  fault: cutInFrame,
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
