import { closeWindow } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  title: "A client whose browser window is closed is reported gone",
  needs: ["browser"],
  join: { by: "tab" },
  fault: closeWindow,
  requirement: "LEAVE-ON-PAGE-GONE",
});
