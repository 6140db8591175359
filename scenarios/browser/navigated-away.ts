import { navigateAway } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  title: "A client that navigates to another page is reported gone",
  needs: ["browser"],
  join: { by: "tab" },
  fault: navigateAway,
  requirement: "LEAVE-ON-PAGE-GONE",
});
