import { disconnectFrame } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, oncePerSession } from "../grid.ts";

export default defineEnding({
  id: "leave/disconnect-without-receipt",
  title: "A client that says DISCONNECT and asks for no receipt is reported gone",
  ...grid(oncePerSession),
  join: { by: "speaker" },
  fault: (actor) => disconnectFrame(actor, "close"),
  requirement: "LEAVE-ON-DISCONNECT",
});
