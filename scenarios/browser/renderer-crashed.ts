import { crashRenderer } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  title: "A client whose page crashes is reported gone",
  needs: ["browser"],
  join: { by: "tab" },
  fault: crashRenderer,
  requirement: "LEAVE-ON-PAGE-GONE",
});
