import { delay } from "../../harness/index.ts";
import { defineDisturbance } from "../disturbance.ts";

export default defineDisturbance({
  title: "A client behind a slow network is not reported gone",
  // Its pings bring an answer also from a target that sends no heartbeats.
  join: { by: "speaker" },
  fault: (alice) => delay(alice),
});
