import { resetUpstream } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { transports } from "../grid.ts";

export default defineEnding({
  title: "A connection that is reset behind the client's back is reported gone",
  axes: { transport: transports },
  fault: resetUpstream,
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
