/** The process of a target that hangup started. */
export interface TargetProcess {
  /** Resolves when all processes of the target have ended. Rejects if the signal aborts first. */
  readonly ended: (signal: AbortSignal) => Promise<TargetExit>;
  /** Ends its remaining processes and starts it again at the same address. Rejects if it does not become ready. */
  readonly restart: () => Promise<void>;
}

/** End of a target's process. */
export interface TargetExit {
  /** `exit code 1` or `signal SIGKILL`. */
  readonly end: string;
  /** Last lines of its output, the latest last. They may contain secrets. */
  readonly lastLines: readonly string[];
}
