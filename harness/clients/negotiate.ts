import type { Profile } from "../profile/profile.ts";

/** Heartbeat periods in milliseconds, as one side offers them; 0 switches a direction off. */
export interface Offer {
  readonly outgoingMs: number;
  readonly incomingMs: number;
}

/** Negotiated periods in milliseconds; 0 for no heartbeats in that direction. */
export interface Negotiated {
  readonly clientHeartbeatMs: number;
  readonly serverHeartbeatMs: number;
}

/**
 * Negotiates the periods. STOMP 1.2, "Heart-beating": each direction is off if either side says 0; otherwise the larger period
 * holds.
 * @param heartBeat the header of CONNECTED
 * @returns undefined if the header is malformed
 */
export function negotiate(offer: Offer, heartBeat: string): Negotiated | undefined {
  if (!/^\d{1,9},\d{1,9}$/.test(heartBeat)) return undefined;
  const [serverOutMs = 0, serverInMs = 0] = heartBeat.split(",").map(Number);
  const larger = (a: number, b: number) => (a === 0 || b === 0 ? 0 : Math.max(a, b));
  return {
    clientHeartbeatMs: larger(offer.outgoingMs, serverInMs),
    serverHeartbeatMs: larger(offer.incomingMs, serverOutMs),
  };
}

/** Returns the heartbeats that a client offers, by its actor's options and the profile. */
export function offerOf(
  heartbeats: boolean | "outgoing" | "as-users" | Offer | undefined,
  { heartbeatMs: periodMs, clientHeartbeatMs }: Profile,
): Offer {
  if (typeof heartbeats === "object") return heartbeats;
  if (heartbeats === "as-users") return { outgoingMs: clientHeartbeatMs, incomingMs: clientHeartbeatMs };
  return {
    outgoingMs: heartbeats === true || heartbeats === "outgoing" ? periodMs : 0,
    incomingMs: heartbeats === true ? periodMs : 0,
  };
}
