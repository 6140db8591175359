/** How far a session has come when its end begins. */
export const phases = [
  /** Others know who it is. */
  "identified",
  /** The same, while the target is sending everybody the notice of another's end. */
  "hearing",
  /** Its identify message is on the way. */
  "identifying",
  /** It listens, and nobody knows who it is. */
  "subscribed",
  /** It got CONNECTED, no more. */
  "connected",
  /** Its transport is open, and it has not sent CONNECT. */
  "opened",
  /** Others know who it is, and it has said DISCONNECT. */
  "disconnected",
] as const;

export type Phase = (typeof phases)[number];

/** In phase `hearing`: the actor whose leave is on its way when another's end begins. */
export const leaverBefore = "dave";
