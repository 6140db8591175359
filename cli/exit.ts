/** What the command line ends with. Their precedence: 130, 2, 1, 3, 0. */
export const exitCodes = {
  conformant: 0,
  nonconformant: 1,
  usage: 2,
  incomplete: 3,
  interrupted: 130,
} as const;

/** The caller asked for something that can't be: the message says what, where and the mend. Exit code 2. */
export class UsageError extends Error {
  readonly exitCode = exitCodes.usage;
}

/** The target can't be reached, or something that was asked for by name is missing. Exit code 3. */
export class UnreachableError extends Error {
  readonly exitCode = exitCodes.incomplete;
}

/** Somebody ended it, who need not be told so. Exit code 130. */
export class InterruptedError extends Error {
  readonly exitCode = exitCodes.interrupted;
}
