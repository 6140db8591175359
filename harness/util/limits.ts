/** How long a witness may take that is due at once, in milliseconds. */
export const witnessLimitMs = 5_000;

/**
 * How far a session that has to live may fall behind its promise, as a share of its heartbeat period. STOMP 1.2 asks
 * the receiver for an error margin and gives no number; less than this nobody could call one.
 */
export const lateShare = 0.25;
