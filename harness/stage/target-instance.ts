/** An instance of the target that hangup started and may stop. */
export interface TargetInstance {
  readonly url: URL;
  /**
   * Asks it to stop, as an operator would, and kills it if it does not stop within some seconds. Resolves when its
   * processes are gone. Rejects if the request failed and it still runs.
   */
  readonly stop: () => Promise<void>;
  /** Kills it, as a crash would. Resolves when its processes are gone. Rejects if they still run. */
  readonly kill: () => Promise<void>;
  /**
   * Starts it again after its end, at the same address and with its stored data, if it stores any. Resolves when it is
   * ready. Rejects if it does not become ready.
   */
  readonly start: () => Promise<void>;
  /** Frees it, in whatever state it is. Must always be called. */
  readonly dispose: () => Promise<void>;
}
