import type { MakeFault } from "./fault.ts";
import { misbehave } from "./parts/misbehave.ts";

/**
 * Lets a raw client send CONNECT a second time in one session. The witness is that the proxy passed the input on and the
 * client saw its connection end.
 */
export const secondConnect: MakeFault = (actor) =>
  misbehave(actor, "second-connect", () => actor.raw.stomp(actor.raw.connectFrame()));
