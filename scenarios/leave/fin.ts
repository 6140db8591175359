import { fin } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid } from "../grid.ts";

export default defineEnding({
  title: "A client whose connection ends without a close frame is reported gone",
  ...grid(),
  fault: fin,
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
