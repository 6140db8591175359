/** More leaves of one person, at one actor of another case, than sessions of that person there were in the whole run. */
export interface Surplus {
  readonly token: string;
  readonly client: string;
  readonly heard: number;
  readonly sessions: number;
}

/**
 * Which attempt each piece of client data belongs to. The data is made for one only, so that a notice on a topic which all
 * share is claimed by exactly one of them, or by nobody. Since everybody hears everything, the others keep listening when
 * a case is over.
 */
export class Claims {
  readonly #now: () => number;
  readonly #owners = new Map<string, string>();
  readonly #tokens = new Set<string>();
  /** How many sessions each person of a case that is over has had. */
  readonly #sessions = new Map<string, number>();
  readonly #overheard = new Map<string, Map<string, number>>();
  readonly #namelessEndedAtMs: number[] = [];

  /** `now` is the run's clock, in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  claim(client: string, token: string): void {
    this.#owners.set(client, token);
    this.#tokens.add(token);
  }

  /** Names that hold this token are of test sessions that came before the run, whose leaves may arrive late. */
  setApart(token: string): void {
    this.#tokens.add(token);
  }

  /**
   * The attempt that uses this data, or data like it that holds the attempt's token: a target may have made something else
   * of what it was sent. Undefined if none in the whole run does.
   */
  ownerOf(client: string | null): string | undefined {
    if (client === null) return undefined;
    return this.#owners.get(client) ?? client.match(/[\da-z]+/g)?.find((word) => this.#tokens.has(word));
  }

  /**
   * Whether a name may be what a target cut out of one that belongs to `token`. Ordinary words are no evidence: strangers
   * go by them.
   */
  isPieceOf(client: string, token: string): boolean {
    if (/^[\w -]*$/.test(client)) return false;
    return [...this.#owners].some(([name, owner]) => owner === token && name.includes(client));
  }

  /** A session that nobody knows by name is being ended. */
  namelessEnds(): void {
    this.#namelessEndedAtMs.push(this.#now());
  }

  /** Counts, from `backMs` before now on, the sessions that nobody knows by name and that have ended. */
  countNamelessEnds(backMs: number): () => number {
    const sinceMs = this.#now() - backMs;
    return () => this.#namelessEndedAtMs.filter((atMs) => atMs >= sinceMs).length;
  }

  /** A case is over, and all sessions of its persons have ended or end now. */
  finish(sessions: ReadonlyMap<string, number>): void {
    for (const [client, count] of sessions) this.#sessions.set(client, count);
  }

  /** Somebody of another case heard a leave of `client`. */
  overheard(client: string, listener: string): void {
    const heard = this.#overheard.get(client) ?? new Map<string, number>();
    this.#overheard.set(client, heard.set(listener, (heard.get(listener) ?? 0) + 1));
  }

  /** What the run as a whole heard too often, one entry a person. */
  surplus(): Surplus[] {
    return [...this.#sessions].flatMap(([client, sessions]) => {
      const heard = Math.max(0, ...(this.#overheard.get(client)?.values() ?? []));
      const token = this.#owners.get(client);
      return token === undefined || heard <= sessions ? [] : [{ token, client, heard, sessions }];
    });
  }
}
