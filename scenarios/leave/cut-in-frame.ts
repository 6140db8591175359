import { cutInFrame } from "../../harness/index.ts";
import { defineEnding } from "../ending.ts";

export default defineEnding({
  id: "leave/cut-in-frame",
  title: "A connection that ends in the middle of a frame is reported gone",
  needs: ["websocket"],
  fault: cutInFrame,
  requirement: "LEAVE-ON-LOST-CONNECTION",
});
