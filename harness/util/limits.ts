/** Time limit for a witness that is due at once, in milliseconds. */
export const witnessLimitMs = 5_000;

/**
 * Lateness that a server must allow a client's heartbeat, as a share of the period. STOMP 1.2 asks the receiver for an
 * error margin and gives no number. A quarter is the least that deserves the name.
 */
export const lateShare = 0.25;
