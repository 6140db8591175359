const prefix = "sentinel-";

/** Returns true for the actor of a sentinel: a throwaway session whose leave shows which observers still listen. */
export const isSentinel = (actor: string): boolean => actor.startsWith(prefix);

/** Returns the actor's name of a sentinel. */
export const sentinelName = (number: number | string): string => `${prefix}${number}`;
