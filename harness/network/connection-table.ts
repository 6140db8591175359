import { Worker } from "node:worker_threads";

/** One end of a TCP connection. */
export interface End {
  readonly localPort: number;
  readonly remotePort: number;
}

/** An end that the system knows. */
export interface Entry {
  /** Linux's number of the state. */
  readonly state: string;
  /** True if a process holds the socket. The rest of a closed socket has no inode. */
  readonly isHeld: boolean;
}

/** The entry of each wanted end; undefined if the system does not tell. */
type Entries = readonly (Entry | undefined)[] | undefined;

interface Lookup {
  readonly ends: readonly End[];
  readonly resolve: (entries: Entries) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The system's table of TCP connections, read in a thread. One read serves every lookup that waits for it. Nothing is read
 * while no lookup waits.
 */
class ConnectionTable {
  #thread: Worker | undefined;
  /** Lookups for which the current read began. */
  #current: Lookup[] = [];
  /** Lookups for which the next read has to begin. */
  #next: Lookup[] = [];

  lookUp(ends: readonly End[]): Promise<Entries> {
    return new Promise((resolve, reject) => {
      // A read that is going on may have passed the entry before the caller acted.
      this.#next.push({ ends, resolve, reject });
      if (this.#current.length === 0) this.#readNext();
    });
  }

  #readNext(): void {
    this.#current = this.#next.splice(0);
    if (this.#current.length === 0) return this.#thread?.unref();
    this.#thread ??= this.#start();
    this.#thread.ref();
    this.#thread.postMessage(this.#current.flatMap(({ ends }) => ends));
  }

  #start(): Worker {
    const thread = new Worker(new URL("connection-table-thread.js", import.meta.url), { execArgv: [] });
    thread.on("message", (entries: Entries) => {
      let from = 0;
      for (const { ends, resolve } of this.#current) resolve(entries?.slice(from, (from += ends.length)));
      this.#readNext();
    });
    thread.once("error", (error) => {
      this.#thread = undefined;
      for (const { reject } of this.#current) reject(error);
      this.#readNext();
    });
    return thread;
  }
}

const table = new ConnectionTable();

/**
 * Returns the system's entry of each end, from a read that begins after this call. Only ports are compared.
 * @returns undefined if the system does not tell
 * @throws Error if the thread that reads fails
 */
export const entriesOf = (ends: readonly End[]): Promise<Entries> => table.lookUp(ends);
