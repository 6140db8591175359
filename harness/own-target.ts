/** An instance of the target that one case has for itself, and may end. */
export interface OwnTarget {
  readonly url: URL;
  /** Asks it to stop, as an operator would. Resolves when its process is gone. */
  readonly stop: () => Promise<void>;
  /** Frees it, whatever state it is in. */
  readonly dispose: () => Promise<void>;
}
