import type { ClientData } from "../core/identify-message.ts";

/** Identity of a session. `person` is equal for equal client data. `ref` is the public name. */
export interface Mapping {
  readonly sessionId: string;
  readonly ref: string;
  readonly person: string;
  readonly clientData: ClientData;
}

/** Removed mapping. `sessionsLeft` is the number of sessions that the person still has. */
export interface RemovedMapping extends Mapping {
  readonly sessionsLeft: number;
}

export interface PutResult {
  /** Earlier mapping of the session; null if there was none. */
  readonly previous: RemovedMapping | null;
  /** Number of sessions that the person has now, including this one. */
  readonly sessions: number;
}

/** One present session or person. */
export interface RosterEntry {
  readonly ref: string;
  readonly clientData: ClientData;
}

/**
 * Stores the client data of each identified session. Every operation is atomic and complete when its promise resolves: a
 * put or remove survives a kill of the process. A rejected operation has changed nothing.
 */
export interface MappingStore {
  put(mapping: Mapping): Promise<PutResult>;
  /** Resolves to null if the session has no mapping. */
  remove(sessionId: string): Promise<RemovedMapping | null>;
  /** Lists each ref once, in the order of arrival. */
  roster(): Promise<readonly RosterEntry[]>;
  count(): Promise<number>;
  /** Lists the sessions that earlier runs of the server did not remove. No other method counts them. */
  earlierSessions(): Promise<readonly string[]>;
  close(): Promise<void>;
}
