import { idleCut } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  id: "leave/idle-cut",
  title: "A quiet connection that a proxy on the way cuts is reported gone",
  // Others' joins and leaves would keep the connection busy.
  join: { subscribes: false },
  fault: (alice) => idleCut(alice),
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
