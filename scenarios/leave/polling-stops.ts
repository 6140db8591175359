import { stopPolling } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, isPolling, noneOn } from "../grid.ts";

const noPolls = "it does not poll";
const unanswered = "nothing would answer the last poll soon";

export default defineEnding({
  title: "A client that polls no more is reported gone",
  ...grid({
    ...noneOn((transport) => !isPolling(transport), noPolls),
    opened: unanswered,
    connected: unanswered,
    identifying: unanswered,
    disconnected: unanswered,
  }),
  join: { by: "speaker" },
  fault: stopPolling,
  // What alice hears of erin answers her last poll.
  beside: (stage) => stage.join("erin"),
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
