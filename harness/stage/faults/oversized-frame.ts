import { encodeStomp } from "../../clients/raw/codec/stomp-frame.ts";
import type { MakeFault } from "./fault.ts";
import { misbehave } from "./parts/misbehave.ts";

/** Size in bytes beyond the limits of servers; those of Spring and Node's ws are far lower. */
const bodyBytes = 2_097_152;

/**
 * Lets a raw client send a frame that is larger than the target takes. The witness is that the proxy passed the input on
 * and the client saw its connection end.
 */
export const oversize: MakeFault = (actor) =>
  misbehave(actor, "oversized-frame", () =>
    actor.raw.stomp(encodeStomp("SEND", { destination: "/oversized" }, "x".repeat(bodyBytes))),
  );
