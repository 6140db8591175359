import { stopPolling } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, isPolling, noneOn } from "../grid.ts";

const noPolls = "it does not poll";
const unanswered = "nothing would answer the last poll soon";

export default defineEnding({
  title: "A client that stops polling is reported gone",
  ...grid({
    ...noneOn((transport) => !isPolling(transport), noPolls),
    opened: unanswered,
    connected: unanswered,
    identifying: unanswered,
    disconnected: unanswered,
  }),
  join: { by: "raw" },
  fault: stopPolling,
  // The notice of erin's join answers alice's last poll.
  beside: (stage) => stage.join("erin"),
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
