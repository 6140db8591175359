import { encodeStomp } from "../../clients/raw/stomp-frame.ts";
import type { MakeFault } from "./fault.ts";
import { misbehave } from "./parts/misbehave.ts";

/** More than servers take in one message; Spring and Node's ws have their limits far below. */
const bodyBytes = 2_097_152;

/** A speaker sends a frame that is larger than the target takes. */
export const oversize: MakeFault = (actor) =>
  misbehave(actor, "oversized-frame", () =>
    actor.speaker.stomp(encodeStomp("SEND", { destination: "/oversized" }, "x".repeat(bodyBytes))),
  );
