/** Longer delays overflow a timer. */
const maxDelayMs = 2 ** 31 - 1;

/** One timer that can be set anew. Longer delays than 24 days ring after 24 days. */
export class ResettableTimer {
  private timer: NodeJS.Timeout | undefined;
  private ringing: NodeJS.Immediate | undefined;

  /** Rings once, after `delayMs`, and after whatever has arrived by then: a held-up server must not blame its clients. */
  set(delayMs: number, ring: () => void): void {
    this.clear();
    this.timer = setTimeout(
      () => {
        this.ringing = setImmediate(ring);
      },
      Math.min(Math.max(delayMs, 0), maxDelayMs),
    );
  }

  clear(): void {
    clearTimeout(this.timer);
    clearImmediate(this.ringing);
  }
}
