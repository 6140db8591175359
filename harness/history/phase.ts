/** Phases that a session can be in when its end begins. Every list of phases comes from here, in this order. */
export const phases = [
  /** The other clients have received its join. */
  "identified",
  /** The same, while the target is sending the leave of another client. */
  "hearing",
  /** Its identify message is on its way. */
  "identifying",
  /** It is subscribed and has not identified. */
  "subscribed",
  /** It has received CONNECTED and has not subscribed. */
  "connected",
  /** Its transport is open, and it has not sent CONNECT. */
  "opened",
  /** It has identified and sent DISCONNECT. */
  "disconnected",
] as const;

export type Phase = (typeof phases)[number];

/** The actor whose leave is on its way in phase `hearing`. */
export const leaverBefore = "dave";
