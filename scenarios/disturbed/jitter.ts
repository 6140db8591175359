import { jitter } from "../../harness/index.ts";
import { defineDisturbance } from "../disturbance.ts";

export default defineDisturbance({
  title: "A client on a network with varying delays is not reported gone",
  // A raw client can ping. A ping brings an answer even from a target without heartbeats.
  join: { by: "raw" },
  fault: (alice) => jitter(alice),
});
