import { outage } from "../../harness/index.ts";
import { defineDisturbance } from "../disturbance.ts";

const directions = ["both", "to-target", "from-target"] as const;

export default defineDisturbance({
  title: "A client whose network is away for a moment is not reported gone",
  axes: { direction: directions },
  // Its pings bring an answer also from a target that sends no heartbeats.
  join: { by: "speaker" },
  fault: (alice, axes) => outage(alice, { direction: directions.find((way) => way === axes["direction"]) }),
});
