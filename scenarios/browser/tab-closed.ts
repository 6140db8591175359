import { closeTab } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  title: "A client whose browser tab is closed is reported gone",
  needs: ["browser"],
  join: { by: "tab" },
  fault: closeTab,
  requirement: "LEAVE-ON-PAGE-GONE",
});
