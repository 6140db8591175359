import { delay } from "../../harness/index.ts";
import { defineDisturbance } from "../disturbance.ts";

export default defineDisturbance({
  id: "disturbed/delay",
  title: "A client behind a slow network is not reported gone",
  fault: (alice) => delay(alice),
});
