import { idleCut } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, isPolling, noneOn } from "../grid.ts";

const polls = "a client that polls is never idle for long";
const awaited = "it comes when all is quiet, whatever was on its way";

export default defineEnding({
  title: "A client whose idle connection is cut by a proxy is reported gone",
  ...grid({ ...noneOn(isPolling, polls), hearing: awaited, identifying: awaited }),
  fault: (alice) => idleCut(alice),
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
