import { kill } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, identifiedOnly } from "../grid.ts";

export default defineEnding({
  title: "A client whose process is killed is reported gone",
  needs: ["signals"],
  ...grid(identifiedOnly),
  join: { by: "process" },
  fault: kill,
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
