import { blackhole, fin } from "../../harness/index.ts";
import { defineDisturbance } from "../disturbance.ts";

export default defineDisturbance({
  title: "A client that can send but receives nothing is not reported gone",
  // A client that expects heartbeats would close the connection itself. A raw client's ping causes an answer, and the fault
  // drops that answer.
  join: { by: "raw", heartbeats: "outgoing", subscribes: false },
  late: false,
  fault: (alice) => blackhole(alice, { direction: "from-target" }),
  // A RECEIPT would not arrive.
  end: { fault: fin, requirement: "LEAVE-ON-LOST-CONNECTION" },
});
