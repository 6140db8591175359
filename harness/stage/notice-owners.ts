import { isOfAnotherRun, runOf } from "../util/run-token.ts";

/** Surplus leaves: one actor of another case received more leaves of a person than the person had sessions in the run. */
export interface Surplus {
  readonly token: string;
  readonly client: string;
  readonly heard: number;
  readonly sessions: number;
  /** Id of the person's case. */
  readonly caseId: string;
  /** All of the person's sessions ended in the cleanup of the case. */
  readonly endsInCleanup: boolean;
  /** Actor that received most of them. */
  readonly listener: Listener;
  /** The latest surplus leaves. */
  readonly quotes: readonly Quote[];
}

/** Sessions of one name in a case. */
export interface SessionsOfName {
  /** Number of leaves that are right for the name: one for each session that may have had it at its end. */
  readonly count: number;
  /** All of its sessions were still there when the case was over. The cleanup ends them. */
  readonly endsInCleanup: boolean;
}

export interface Listener {
  readonly token: string;
  readonly actor: string;
}

/** Test sessions before a run. */
export interface EarlierSessions {
  /** Part of their names, unless the target names them differently, for example by session ids. */
  readonly token: string;
  readonly names: readonly string[];
}

/** A received message. `atMs` is on the run's clock. */
export interface Quote {
  readonly atMs: number;
  readonly body: string;
}

/** Prefix of the tokens of sessions that the doctor, or the preflight of a run, opens. */
export const lookPrefix = "hangup";

/** Returns true for such a token. Another hangup process may examine the same target at this moment. */
const isLookToken = (word: string): boolean => word.length > lookPrefix.length && word.startsWith(lookPrefix);

/** Maximum number of quotes per actor and person, and maximum length of each in characters. */
const quotesMax = 3;
const quoteMaxCharacters = 200;

/** Leaves of one person that one actor of another case received. */
interface ForeignLeaves {
  readonly listener: Listener;
  heard: number;
  /** Quotes from the second leave on. One leave is right after any session. */
  quotes?: (Quote & { readonly place: number })[];
}

/**
 * Registry of a run: the attempt that uses each client name. All attempts receive all notices on a shared topic, and at most
 * one of them owns a notice. Attempts that still run count the leaves of other attempts' clients, so a surplus leave is found
 * after its own case has ended.
 */
export class NoticeOwners {
  readonly #now: () => number;
  readonly #owners = new Map<string, string>();
  readonly #tokens = new Set<string>();
  readonly #runs = new Set<string>();
  /** Sessions of each person, for finished cases. */
  readonly #sessions = new Map<string, SessionsOfName & { readonly caseId: string }>();
  readonly #overheard = new Map<string, Map<string, ForeignLeaves>>();
  readonly #namelessEndedAtMs: number[] = [];

  /** `now` is the run's clock, in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  claim(client: string, token: string): void {
    this.#owners.set(client, token);
    this.#tokens.add(token);
    this.#runs.add(runOf(token));
  }

  /** All claimed client data. */
  get names(): readonly string[] {
    return [...this.#owners.keys()];
  }

  /** Claims the names, and all names that contain the token, for sessions before the run. Their leaves may arrive late. */
  claimEarlier({ token, names }: EarlierSessions): void {
    this.#tokens.add(token);
    for (const name of names) this.#owners.set(name, token);
  }

  /**
   * Returns the token of the attempt that uses this client data, or whose token is part of it: a target may change names. The
   * attempt may be another run's: a target may announce clients of a run that was interrupted, a minute later.
   * Returns undefined if no attempt does.
   */
  ownerOf(client: string | null): string | undefined {
    if (client === null) return undefined;
    return (
      this.#owners.get(client) ??
      client
        .match(/[\da-z]+/g)
        ?.find((word) => this.#tokens.has(word) || isLookToken(word) || isOfAnotherRun(word, this.#runs))
    );
  }

  /**
   * Returns true if this name may be a piece of a name of the attempt with this token. A name of letters, digits and spaces
   * alone does not count, because it may be another user's.
   */
  isPieceOf(client: string, token: string): boolean {
    if (/^[\w -]*$/.test(client)) return false;
    return [...this.#owners].some(([name, owner]) => owner === token && name.includes(client));
  }

  /** Notes the end of a session without a known name. */
  noteNamelessEnd(): void {
    this.#namelessEndedAtMs.push(this.#now());
  }

  /** Returns a counter of ended sessions without a known name, from `backMs` before now on. */
  countNamelessEnds(backMs: number): () => number {
    const sinceMs = this.#now() - backMs;
    return () => this.#namelessEndedAtMs.filter((atMs) => atMs >= sinceMs).length;
  }

  /** Notes the sessions of each person of a finished case. */
  noteSessions(caseId: string, sessions: ReadonlyMap<string, SessionsOfName>): void {
    for (const [client, own] of sessions) this.#sessions.set(client, { ...own, caseId });
  }

  /** Notes a leave of `client` that an actor of another case received. */
  noteForeignLeave(client: string, listener: Listener, body: string): void {
    const all = this.#overheard.get(client) ?? new Map<string, ForeignLeaves>();
    this.#overheard.set(client, all);
    const key = `${listener.token} ${listener.actor}`;
    const own = all.get(key) ?? { listener, heard: 0 };
    all.set(key, own);
    own.heard += 1;
    if (own.heard === 1) return;
    const quote = { place: own.heard, atMs: this.#now(), body: body.slice(0, quoteMaxCharacters) };
    own.quotes = [...(own.quotes ?? []), quote].slice(-quotesMax);
  }

  /** Returns the surplus leaves of the run, one entry for each person. */
  surplus(): Surplus[] {
    return [...this.#sessions].flatMap(([client, { count: sessions, ...own }]) => {
      const token = this.#owners.get(client);
      const [most] = [...(this.#overheard.get(client)?.values() ?? [])].sort((a, b) => b.heard - a.heard);
      if (token === undefined || most === undefined || most.heard <= sessions) return [];
      const { heard, listener } = most;
      const quotes = (most.quotes ?? [])
        .filter(({ place }) => place > sessions)
        .map(({ atMs, body }) => ({ atMs, body }));
      return [{ ...own, token, client, heard, sessions, listener, quotes }];
    });
  }
}
