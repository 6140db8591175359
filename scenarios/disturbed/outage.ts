import { outage } from "../../harness/index.ts";
import { defineDisturbance } from "../disturbance.ts";

const directions = ["both", "to-target", "from-target"] as const;

export default defineDisturbance({
  title: "A client with a short network outage is not reported gone",
  axes: { direction: directions },
  // A raw client can ping. A ping brings an answer even from a target without heartbeats.
  join: { by: "raw" },
  fault: (alice, axes) => outage(alice, { direction: directions.find((way) => way === axes["direction"]) }),
});
