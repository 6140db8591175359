/** `1234` milliseconds as `1.234 s`. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(3)} s`;

/** `2` and `leave` as `2 leaves`. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

export const unannounced =
  "by the declared policy this end is announced to nobody: that person had other sessions";

export const undeclared = "nothing is declared to notice such an end";
