import { rst } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid } from "../grid.ts";

export default defineEnding({
  title: "A client whose connection is reset is reported gone",
  ...grid(),
  fault: rst,
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
