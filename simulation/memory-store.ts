import type {
  RemovedMapping,
  Mapping,
  RosterEntry,
  PutResult,
} from "../reference-server/flow/store/mapping-store.ts";

/** Mapping store of the simulation. Works like the real store, without promises. */
export class MemoryStore {
  readonly rows = new Map<string, Mapping>();

  put(mapping: Mapping): PutResult {
    const before = this.rows.get(mapping.sessionId);
    this.rows.set(mapping.sessionId, mapping);
    return { previous: this.ended(before), sessions: this.sessionsOf(mapping.person) };
  }

  remove(sessionId: string): RemovedMapping | null {
    const before = this.rows.get(sessionId);
    this.rows.delete(sessionId);
    return this.ended(before);
  }

  roster(): RosterEntry[] {
    const present = new Map<string, RosterEntry>();
    for (const { ref, clientData } of this.rows.values()) {
      if (!present.has(ref)) present.set(ref, { ref, clientData });
    }
    return [...present.values()];
  }

  private ended(mapping: Mapping | undefined): RemovedMapping | null {
    return mapping === undefined ? null : { ...mapping, sessionsLeft: this.sessionsOf(mapping.person) };
  }

  private sessionsOf(person: string): number {
    let sessions = 0;
    for (const row of this.rows.values()) if (row.person === person) sessions++;
    return sessions;
  }
}
