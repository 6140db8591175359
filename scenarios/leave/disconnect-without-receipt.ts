import { disconnectWithoutReceipt } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";
import { grid, oncePerSession } from "../grid.ts";

export default defineEnding({
  title: "A client that sends DISCONNECT without a receipt header is reported gone",
  ...grid(oncePerSession),
  join: { by: "raw" },
  fault: disconnectWithoutReceipt,
  requirement: "LEAVE-ON-DISCONNECT",
});
