/** Time limit of one step of an actor, such as CONNECT, in milliseconds. A case can't be judged after it. */
export const stepLimitMs = 10_000;

/** Factor by which the stage waits longer than a deadline, and longest time beyond it in milliseconds. */
const factor = 4;
const beyondMaxMs = 15_000;

/**
 * Returns how long to wait for something with this deadline, in milliseconds: four times as long, and at most 15 s beyond it. A leave within that
 * time is late, not missing. The wait takes time only if the target fails.
 */
export const patienceMs = (deadlineMs: number): number =>
  deadlineMs + Math.min((factor - 1) * deadlineMs, beyondMaxMs);

/** Returns how long a connection stays idle to see if the target keeps it alive: 1.25 times the idle timeout of proxies. */
export const idleWaitMs = ({ proxyIdleMs }: { readonly proxyIdleMs: number }): number => 1.25 * proxyIdleMs;
