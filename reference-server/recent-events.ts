import type { LogRecord } from "./flow/core/events.ts";

/** Keeps the last session events for the probe. */
export class RecentEvents {
  readonly #capacity: number;
  #records: LogRecord[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(record: LogRecord): void {
    this.#records.push(record);
    if (this.#records.length >= 2 * this.#capacity) this.#records = this.list();
  }

  /** Returns the records, oldest first. */
  list(): LogRecord[] {
    return this.#records.slice(-this.#capacity);
  }
}
