import type { Actor } from "../actor.ts";
import { encodeStomp } from "../../clients/raw/codec/stomp-frame.ts";
import type { Fault } from "./fault.ts";
import { witnessLimitMs } from "../../util/limits.ts";

export interface LingerOptions {
  /** Adds a receipt header. Some targets close the connection themselves after a DISCONNECT without one. */
  readonly receipt?: boolean;
}

/**
 * Lets a raw client send DISCONNECT and leave its connection open. The witness is the client's last bytes at the proxy.
 */
export const disconnectAndLinger = (actor: Actor, { receipt = false }: LingerOptions = {}): Fault => ({
  name: "disconnect-and-linger",
  actor,
  ends: "visibly",
  apply: async () => {
    const { proxy, raw } = actor;
    const { passed } = proxy;
    await raw.stomp(encodeStomp("DISCONNECT", receipt ? { receipt: "goodbye" } : {}));
    const effectAtMs = await proxy.passedAfter(passed, witnessLimitMs);
    return effectAtMs === undefined
      ? undefined
      : { words: "the proxy passed the client's last words on to the target", effectAtMs };
  },
});
