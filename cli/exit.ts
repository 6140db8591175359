/** Exit codes. If several apply, the order is 130, 2, 1, 3, 0. */
export const exitCodes = {
  conformant: 0,
  nonconformant: 1,
  usage: 2,
  incomplete: 3,
  interrupted: 130,
} as const;

/** The caller asked for something impossible. The message says what, where, and what to do. Exit code 2. */
export class UsageError extends Error {
  readonly exitCode = exitCodes.usage;
}

/** The target is not reachable, or a requested browser is missing. Exit code 3. */
export class UnreachableError extends Error {
  readonly exitCode = exitCodes.incomplete;
}

/** The user interrupted the command and needs no message. Exit code 130. */
export class InterruptedError extends Error {
  readonly exitCode = exitCodes.interrupted;
}
