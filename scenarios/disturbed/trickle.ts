import { trickle } from "../../harness/index.ts";
import { defineDisturbance } from "../disturbance.ts";

export default defineDisturbance({
  title: "A client whose bytes arrive one by one is not reported gone",
  fault: (alice) => trickle(alice),
});
