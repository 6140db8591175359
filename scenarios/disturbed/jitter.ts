import { jitter } from "../../harness/index.ts";
import { defineDisturbance } from "../disturbance.ts";

export default defineDisturbance({
  id: "disturbed/jitter",
  title: "A client behind an uneven network is not reported gone",
  fault: (alice) => jitter(alice),
});
