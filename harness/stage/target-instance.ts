/** An instance of the target that hangup has started, and may end. */
export interface OwnTarget {
  readonly url: URL;
  /**
   * Asks it to stop, as an operator would, and ends it where it does not within some seconds. Resolves when its processes
   * are gone; rejects where it could not even be asked, and lives on.
   */
  readonly stop: () => Promise<void>;
  /** Ends it at once, as a crash would. Resolves when its processes are gone; rejects where they live on. */
  readonly kill: () => Promise<void>;
  /**
   * Starts it again once it was ended, at the same address and with what it had stored, as far as it stores anything.
   * Resolves when it is ready; rejects where it does not come to that.
   */
  readonly start: () => Promise<void>;
  /** Frees it, whatever state it is in, also when it is gone already. To be called in any case. */
  readonly dispose: () => Promise<void>;
}
