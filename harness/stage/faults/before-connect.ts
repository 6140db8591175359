import { encodeStomp } from "../../clients/raw/codec/stomp-frame.ts";
import type { Actor } from "../actor.ts";
import type { Fault } from "./fault.ts";
import { violate } from "./parts/violate.ts";

/**
 * Lets a raw client send its identify message, or a SUBSCRIBE to the topic, before CONNECT. The witness is that the proxy
 * passed the bytes on.
 */
export const sendBeforeConnect = (actor: Actor, command: "SEND" | "SUBSCRIBE"): Fault =>
  command === "SEND"
    ? violate(actor, "send-before-connect", () => actor.identifyFrame())
    : violate(actor, "subscribe-before-connect", () =>
        encodeStomp("SUBSCRIBE", { id: "early", destination: actor.topic }),
      );
