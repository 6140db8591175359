import { idleCut } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  id: "leave/idle-cut",
  title: "A quiet connection that a proxy on the way cuts is reported gone",
  // With others' joins and leaves on it, the connection would not be idle.
  join: { subscribes: false },
  fault: (alice) => idleCut(alice),
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
