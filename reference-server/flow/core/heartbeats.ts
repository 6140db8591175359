/** Milliseconds between heartbeats in each direction. 0 means no heartbeats. */
export interface Heartbeats {
  readonly fromClientMs: number;
  readonly toClientMs: number;
}

/** Longest interval, one day. The limit keeps sums exact and within a timer's range. */
const maxIntervalMs = 86_400_000;

/**
 * Negotiates heartbeats after STOMP 1.2, "Heart-beating": a direction has heartbeats only if both sides want them, at the
 * longer of the two intervals. `requested` is the client's header; a missing header requests none. Returns null if the
 * header is malformed.
 */
export function negotiate(requested: string | undefined, offered: Heartbeats): Heartbeats | null {
  const components = /^(\d{1,15}),(\d{1,15})$/.exec(requested ?? "0,0");
  if (components === null) return null;
  const [, clientSends, clientWants] = components;
  return {
    fromClientMs: agreedInterval(Number(clientSends), offered.fromClientMs),
    toClientMs: agreedInterval(Number(clientWants), offered.toClientMs),
  };
}

function agreedInterval(one: number, other: number): number {
  return one === 0 || other === 0 ? 0 : Math.min(Math.max(one, other), maxIntervalMs);
}
