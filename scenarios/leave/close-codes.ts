import { closeWithCode } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  title: "A client that closes its WebSocket with any code, or none, is reported gone",
  axes: { transport: ["websocket", "native"], code: ["none", "1000", "1001", "3000", "4999"] },
  join: { by: "raw" },
  fault: (actor, { code }) => closeWithCode(actor, code === "none" ? undefined : Number(code)),
  requirement: "LEAVE-ON-CLOSE",
});
