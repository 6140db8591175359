import { halfClose } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid } from "../grid.ts";

export default defineEnding({
  title: "A connection that the client closes one way only is reported gone",
  ...grid(),
  fault: halfClose,
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
