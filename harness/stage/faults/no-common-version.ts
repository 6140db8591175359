import type { MakeFault } from "./fault.ts";
import { violate } from "./parts/violate.ts";

/**
 * Lets a raw client send a CONNECT that offers only STOMP 9.9. The witness is that the proxy passed the bytes on.
 */
export const noCommonVersion: MakeFault = (actor) =>
  violate(actor, "no-common-version", () => actor.raw.connectFrame({ "accept-version": "9.9" }));
