import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import type Database from "libsql";
import type { ClientData } from "../core/identify-message.ts";
import type { RemovedMapping, Mapping, MappingStore, RosterEntry } from "./mapping-store.ts";

/** Column `run` distinguishes the mappings of this run of the server from those of earlier runs. */
const schema = `
  CREATE TABLE IF NOT EXISTS mapping (
    position INTEGER PRIMARY KEY,
    session_id TEXT NOT NULL UNIQUE,
    ref TEXT NOT NULL,
    person TEXT NOT NULL,
    client_data TEXT NOT NULL,
    run TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS mapping_of_person ON mapping (person, run);
`;

interface Row {
  readonly session_id: string;
  readonly ref: string;
  readonly person: string;
  readonly client_data: string;
}

/**
 * Opens a mapping store in embedded SQLite. `path` is a file or `:memory:`. Throws if the file cannot be opened, is not a
 * database, or belongs to another running server.
 */
export function openSqliteStore(path: string): MappingStore {
  const database = openDatabase(path);
  const run = randomUUID();
  const upsert = database.prepare(`
    INSERT INTO mapping (session_id, ref, person, client_data, run) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (session_id) DO UPDATE
    SET ref = excluded.ref, person = excluded.person, client_data = excluded.client_data
  `);
  const find = database.prepare("SELECT * FROM mapping WHERE session_id = ?");
  const erase = database.prepare("DELETE FROM mapping WHERE session_id = ?");
  const ofPerson = database.prepare("SELECT count(*) AS n FROM mapping WHERE person = ? AND run = ?");
  const present = database.prepare(
    "SELECT ref, client_data FROM mapping WHERE run = ? GROUP BY ref ORDER BY min(position)",
  );
  const earlier = database.prepare("SELECT session_id FROM mapping WHERE run <> ? ORDER BY position");
  const total = database.prepare("SELECT count(*) AS n FROM mapping");

  const sessions = (person: string): number => (ofPerson.get(person, run) as { n: number }).n;
  const toEnded = (row: Row | undefined): RemovedMapping | null =>
    row === undefined ? null : { ...toMapping(row), sessionsLeft: sessions(row.person) };
  const put = database.transaction(({ sessionId, ref, person, clientData }: Mapping) => {
    const before = find.get(sessionId) as Row | undefined;
    upsert.run(sessionId, ref, person, JSON.stringify(clientData), run);
    return { previous: toEnded(before), sessions: sessions(person) };
  });
  const remove = database.transaction((sessionId: string) => {
    const before = find.get(sessionId) as Row | undefined;
    erase.run(sessionId);
    return toEnded(before);
  });
  // libsql is synchronous. Promises keep the interface open for a store on another machine.
  return {
    put: (mapping) => promise(() => put(mapping)),
    remove: (sessionId) => promise(() => remove(sessionId)),
    roster: () => promise(() => (present.all(run) as Row[]).map(toPresent)),
    count: () => promise(() => (total.get() as { n: number }).n),
    earlierSessions: () => promise(() => (earlier.all(run) as Row[]).map((row) => row.session_id)),
    close: () => promise(() => closeDatabase(database)),
  };
}

function openDatabase(path: string): Database.Database {
  const Sqlite = loadLibsql();
  try {
    const database = new Sqlite(path);
    database.pragma("locking_mode = EXCLUSIVE");
    database.pragma("journal_mode = WAL");
    // Writes survive a kill of the process. A power failure may lose the last ones, but it ends every session as well.
    database.pragma("synchronous = NORMAL");
    database.exec(schema);
    return database;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`store ${path}: ${reason}. Choose a writable file that no other server uses.`, {
      cause,
    });
  }
}

/** Loads libsql. It is an optional package, because only this server needs it, and it has no binaries for some systems. */
function loadLibsql(): typeof Database {
  try {
    return createRequire(import.meta.url)("libsql") as typeof Database;
  } catch (cause) {
    throw new Error(
      "the reference server needs the package libsql, which is not installed here. Run `npm install libsql`. Runs on other servers do without it.",
      { cause },
    );
  }
}

/** Releases the file's lock before closing, because libsql closes the file only when its statements are collected. */
function closeDatabase(database: Database.Database): void {
  database.pragma("journal_mode = DELETE");
  database.pragma("locking_mode = NORMAL");
  database.prepare("SELECT count(*) FROM mapping").get();
  database.close();
}

function toMapping(row: Row): Mapping {
  return { sessionId: row.session_id, ref: row.ref, person: row.person, clientData: toClientData(row) };
}

function toPresent(row: Row): RosterEntry {
  return { ref: row.ref, clientData: toClientData(row) };
}

function toClientData(row: Row): ClientData {
  return JSON.parse(row.client_data) as ClientData;
}

/** Runs `work` like `Promise.try`, which Node 20 lacks. */
function promise<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
