/** Milliseconds between heartbeats, each way. 0 means none. */
export interface Heartbeats {
  readonly fromClientMs: number;
  readonly toClientMs: number;
}

/** Longer intervals than a day are taken for a day, so that sums stay exact and timers can hold them. */
const maxIntervalMs = 86_400_000;

/**
 * STOMP 1.2, "Heart-beating": each direction is on only if both want it, and then the slower of the two is obeyed.
 * `asked` is the client's header; without it the client asks for none. Null if it is malformed.
 */
export function negotiate(asked: string | undefined, offered: Heartbeats): Heartbeats | null {
  const components = /^(\d{1,15}),(\d{1,15})$/.exec(asked ?? "0,0");
  if (components === null) return null;
  const [, clientSends, clientWants] = components;
  return {
    fromClientMs: slower(Number(clientSends), offered.fromClientMs),
    toClientMs: slower(Number(clientWants), offered.toClientMs),
  };
}

function slower(one: number, other: number): number {
  return one === 0 || other === 0 ? 0 : Math.min(Math.max(one, other), maxIntervalMs);
}
