import { killBrowserMain } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  title: "A client whose browser loses its main process is reported gone",
  needs: ["browser", "signals"],
  join: { by: "tab", ownBrowser: true },
  fault: killBrowserMain,
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
