import { halfClose } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid } from "../grid.ts";

export default defineEnding({
  title: "A client that closes its half of the connection is reported gone",
  ...grid(),
  fault: halfClose,
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
