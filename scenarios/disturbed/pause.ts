import { pause } from "../../harness/index.ts";
import { defineDisturbance } from "../disturbance.ts";

export default defineDisturbance({
  title: "A client whose process pauses for a moment is not reported gone",
  needs: ["signals"],
  join: { by: "process" },
  fault: pause,
});
