import { delay } from "../../harness/index.ts";
import { defineDisturbance } from "../disturbance.ts";

export default defineDisturbance({
  title: "A client on a slow network is not reported gone",
  // A raw client can ping. A ping brings an answer even from a target without heartbeats.
  join: { by: "raw" },
  fault: (alice) => delay(alice),
});
