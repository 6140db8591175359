import { resetUpstream } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { transports } from "../grid.ts";

export default defineEnding({
  title: "A client whose connection is reset between proxy and target is reported gone",
  axes: { transport: transports },
  fault: resetUpstream,
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
