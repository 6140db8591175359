import { setMaxListeners } from "node:events";
import type { HistoryEvent, NewEvent } from "./events/events.ts";

// No case needs more events, or more text in them. A flood of messages must not fill the memory.
const eventsMax = 5_000;
const charactersMax = 20_000_000;

/**
 * The events of one case, in the order in which the harness learned of them. Append-only. Every wait in a scenario waits for an
 * event of its history, so nothing polls.
 */
export class History {
  readonly events: HistoryEvent[] = [];
  readonly #now: () => number;
  readonly #signal: AbortSignal;
  readonly #waiting = new Set<() => void>();
  #willLook = false;
  readonly #listeners = new Set<(event: HistoryEvent) => void>();
  #characters = 0;
  #stopped: Error | undefined;

  /** `now` returns milliseconds since the case began. `signal` ends every wait with its reason. */
  constructor(now: () => number, signal: AbortSignal) {
    this.#now = now;
    this.#signal = signal;
    // Every wait adds a listener, and a scenario may have many waits.
    setMaxListeners(0, signal);
  }

  nowMs(): number {
    return this.#now();
  }

  /** Returns an empty history on the same clock, whose waits end by the same signal. */
  apart(): History {
    return new History(this.#now, this.#signal);
  }

  /** Records an event, at `atMs` or now. Beyond the limits it records nothing and ends every wait with an error. */
  add(event: NewEvent, atMs = this.#now()): void {
    this.#characters += "body" in event ? event.body.length : 0;
    if (this.events.length < eventsMax && this.#characters <= charactersMax) {
      const recorded = { ...event, index: this.events.length, atMs };
      this.events.push(recorded);
      for (const listener of this.#listeners) listener(recorded);
    } else {
      this.#stopped = floodOf(`more than ${eventsMax} messages or ${charactersMax} characters in one case`);
    }
    this.#lookSoon();
  }

  /** Ends every wait with an error, because the target sent more than the harness can process. */
  flooded(words: string): void {
    this.stop(floodOf(words));
  }

  /** Ends every wait with this error, from now on. */
  stop(error: Error): void {
    this.#stopped ??= error;
    this.#lookSoon();
  }

  /** Calls `listener` for each event from now on. */
  onEvent(listener: (event: HistoryEvent) => void): void {
    this.#listeners.add(listener);
  }

  #lookSoon(): void {
    if (this.#willLook) return;
    this.#willLook = true;
    // One look for all events that arrived together, because each look reads the whole history.
    queueMicrotask(() => {
      this.#willLook = false;
      for (const look of [...this.#waiting]) look();
    });
  }

  /**
   * Resolves true as soon as `holds` is true of the history, and false after `timeoutMs`. Looks at once, then after events.
   * Rejects with the signal's reason when the run is interrupted, and with an error when the history was stopped, for example by a flood.
   */
  until(holds: (events: readonly HistoryEvent[]) => boolean, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const signal = this.#signal;
      if (signal.aborted) return reject(signal.reason as Error);
      if (this.#stopped !== undefined) return reject(this.#stopped);
      if (holds(this.events)) return resolve(true);
      const done = (settle: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        signal.removeEventListener("abort", abort);
        settle();
      };
      const look = () => {
        const stopped = this.#stopped;
        if (stopped !== undefined) done(() => reject(stopped));
        else if (holds(this.events)) done(() => resolve(true));
      };
      const abort = () => done(() => reject(signal.reason as Error));
      const timer = setTimeout(() => done(() => resolve(false)), Math.max(0, Math.ceil(timeoutMs)) + 1);
      this.#waiting.add(look);
      signal.addEventListener("abort", abort);
    });
  }
}

const floodOf = (words: string) => new Error(`the target floods: it sent ${words}`);
