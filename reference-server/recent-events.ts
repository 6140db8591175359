import type { SessionEvent } from "./flow/core/events.ts";

/** One line of the log: what happened, to which session, when. */
export type LogRecord = SessionEvent & {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The server's own id of the session. */
  readonly session: string;
  /** What carried the session, and the session id in its address. Null where there is none. */
  readonly transport: string | null;
  readonly transportSessionId: string | null;
};

/** The last session events, for the probe. */
export class RecentEvents {
  private readonly capacity: number;
  private records: LogRecord[] = [];

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  add(record: LogRecord): void {
    this.records.push(record);
    if (this.records.length >= 2 * this.capacity) this.records = this.list();
  }

  /** Oldest first. */
  list(): LogRecord[] {
    return this.records.slice(-this.capacity);
  }
}
