import { oversize } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, quietAfterwards } from "../grid.ts";

export default defineEnding({
  title: "A client that sends more than the target takes leaves once, whoever ends it",
  ...grid(quietAfterwards),
  join: { by: "speaker" },
  fault: oversize,
  requirement: "LEAVE-ON-VIOLATION",
});
