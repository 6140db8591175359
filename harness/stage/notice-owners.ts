/** More leaves of one person, at one actor of another case, than sessions of that person there were in the whole run. */
export interface Surplus {
  readonly token: string;
  readonly client: string;
  readonly heard: number;
  readonly sessions: number;
  /** Who heard the most: the attempt's token, and its actor. */
  readonly listener: Listener;
  /** The latest leaves that were too many there. */
  readonly quotes: readonly Quote[];
}

export interface Listener {
  readonly token: string;
  readonly actor: string;
}

/** Test sessions that came before a run. */
export interface Earlier {
  /** Stands in their names, unless the target calls them otherwise, such as by their session ids. */
  readonly token: string;
  readonly names: readonly string[];
}

/** A message as it was heard, at `atMs` on the run's clock. */
export interface Quote {
  readonly atMs: number;
  readonly body: string;
}

/** Begins the token of test sessions that look at a target: before a run, and for the doctor. */
export const lookPrefix = "hangup";

/** Another process may look at the same target while this one runs its cases. */
const isLookToken = (word: string): boolean => word.length > lookPrefix.length && word.startsWith(lookPrefix);

/** How many messages are kept of what one actor heard of one person, and how many characters of each. */
const quotesMax = 3;
const quoteMaxCharacters = 200;

/** What one actor heard of one person of another case. */
interface Overheard {
  readonly listener: Listener;
  heard: number;
  /** From the second leave on: one is right wherever somebody has left. */
  quotes?: (Quote & { readonly place: number })[];
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
  readonly #overheard = new Map<string, Map<string, Overheard>>();
  readonly #namelessEndedAtMs: number[] = [];

  /** `now` is the run's clock, in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  claim(client: string, token: string): void {
    this.#owners.set(client, token);
    this.#tokens.add(token);
  }

  /** Data that was claimed so far. */
  get names(): readonly string[] {
    return [...this.#owners.keys()];
  }

  /** These names, and names that hold the token, are of sessions that came before the run. Their leaves may arrive late. */
  setApart({ token, names }: Earlier): void {
    this.#tokens.add(token);
    for (const name of names) this.#owners.set(name, token);
  }

  /**
   * The attempt that uses this data, or data like it that holds the attempt's token: a target may have made something else
   * of what it was sent. Undefined if none in the whole run does.
   */
  ownerOf(client: string | null): string | undefined {
    if (client === null) return undefined;
    return (
      this.#owners.get(client) ??
      client.match(/[\da-z]+/g)?.find((word) => this.#tokens.has(word) || isLookToken(word))
    );
  }

  /**
   * Whether a target may have made this name by cutting a name of the case with this token. A name of letters, digits and
   * spaces alone does not count, since it may be a stranger's.
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
  overheard(client: string, listener: Listener, body: string): void {
    const all = this.#overheard.get(client) ?? new Map<string, Overheard>();
    this.#overheard.set(client, all);
    const key = `${listener.token} ${listener.actor}`;
    const own = all.get(key) ?? { listener, heard: 0 };
    all.set(key, own);
    own.heard += 1;
    if (own.heard === 1) return;
    const quote = { place: own.heard, atMs: this.#now(), body: body.slice(0, quoteMaxCharacters) };
    own.quotes = [...(own.quotes ?? []), quote].slice(-quotesMax);
  }

  /** What the run as a whole heard too often, one entry a person. */
  surplus(): Surplus[] {
    return [...this.#sessions].flatMap(([client, sessions]) => {
      const token = this.#owners.get(client);
      const [most] = [...(this.#overheard.get(client)?.values() ?? [])].sort((a, b) => b.heard - a.heard);
      if (token === undefined || most === undefined || most.heard <= sessions) return [];
      const { heard, listener } = most;
      const quotes = (most.quotes ?? [])
        .filter(({ place }) => place > sessions)
        .map(({ atMs, body }) => ({ atMs, body }));
      return [{ token, client, heard, sessions, listener, quotes }];
    });
  }
}
