import { killBrowser } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  title: "A client whose browser is killed is reported gone",
  needs: ["browser", "signals"],
  join: { by: "tab", ownBrowser: true },
  fault: killBrowser,
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
