import type { ClientData } from "../core/identify-message.ts";

/** Who a session is. `person` is equal for equal client data; `ref` is the public name. */
export interface Mapping {
  readonly sessionId: string;
  readonly ref: string;
  readonly person: string;
  readonly clientData: ClientData;
}

/** A mapping that is no more. `sessionsLeft` counts the sessions that its person still has. */
export interface RemovedMapping extends Mapping {
  readonly sessionsLeft: number;
}

export interface PutResult {
  /** What the session was before, if it was anything. */
  readonly previous: RemovedMapping | null;
  /** How many sessions the person has now, this one included. */
  readonly sessions: number;
}

/** One line of the roster: somebody who is there. */
export interface RosterEntry {
  readonly ref: string;
  readonly clientData: ClientData;
}

/**
 * The pairs session id -> client data. Every operation is atomic, and done when its promise is fulfilled: what was
 * put survives a kill of the process, what was removed doesn't come back. A rejection means that nothing was changed.
 */
export interface MappingStore {
  put(mapping: Mapping): Promise<PutResult>;
  /** Null if the session never identified, or is removed already. */
  remove(sessionId: string): Promise<RemovedMapping | null>;
  /** One line for each ref, the one who came first in front. */
  roster(): Promise<readonly RosterEntry[]>;
  count(): Promise<number>;
  /** The sessions that earlier runs of the server left behind. They count for nothing else. */
  earlierSessions(): Promise<readonly string[]>;
  close(): Promise<void>;
}
