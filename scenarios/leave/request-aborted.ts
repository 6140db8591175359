import { abort } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, httpOnly } from "../grid.ts";

export default defineEnding({
  title: "A client that aborts its SockJS request is reported gone",
  ...grid(httpOnly),
  join: { by: "raw" },
  fault: abort,
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
