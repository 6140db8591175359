/** Longest delay that a Node timer can hold, about 24 days. */
const maxDelayMs = 2 ** 31 - 1;

/** One timer that can be set again. Delays over 24 days fire after 24 days. */
export class ResettableTimer {
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;

  /**
   * Calls `callback` once after `delayMs`. Data that has already arrived is read first, so that a server that was held up
   * does not blame its clients.
   */
  set(delayMs: number, callback: () => void): void {
    this.clear();
    this.#timer = setTimeout(
      () => {
        this.#immediate = setImmediate(callback);
      },
      Math.min(Math.max(delayMs, 0), maxDelayMs),
    );
  }

  clear(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
  }
}
