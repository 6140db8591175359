/** Time limit of one step of an actor, such as CONNECT, in milliseconds. A case can't be judged after it. */
export const stepLimitMs = 10_000;

/**
 * Factor by which the stage waits longer than a deadline. A leave within that time is late, not missing. The wait takes
 * time only if the target fails.
 */
export const patience = 4;
