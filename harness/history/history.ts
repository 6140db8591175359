import { setMaxListeners } from "node:events";

/** What can be on record. Times are milliseconds on the harness's one monotonic clock, since the case began. */
type Occurrence =
  /** The transport is open. `sessionId` is the transport's own, null where the transport has none. */
  | { readonly kind: "opened"; readonly transport: string; readonly sessionId: string | null }
  /** The client asks for a session of this id, which may never open for it. Only where notices name session ids. */
  | { readonly kind: "session-requested"; readonly sessionId: string }
  /** CONNECTED arrived. The heartbeat periods are the negotiated ones; 0 means none in that direction. */
  | {
      readonly kind: "connected";
      readonly version: string;
      readonly clientHeartbeatMs: number;
      readonly serverHeartbeatMs: number;
    }
  | { readonly kind: "subscribe-sent"; readonly destination: string }
  /** The subscription is in force, as far as `confirmedBy` can show. */
  | {
      readonly kind: "subscribed";
      readonly destination: string;
      readonly confirmedBy: "receipt" | "probe" | "delay";
    }
  /** It has taken its subscriptions back. */
  | { readonly kind: "unsubscribed" }
  | { readonly kind: "identify-sent"; readonly client: string; readonly body: string }
  /** The identify message has come to the actor's proxy, which lets it go on no sooner than the next fault begins. */
  | { readonly kind: "identify-held"; readonly bytes: number }
  | { readonly kind: "disconnect-sent"; readonly receipt: boolean }
  | { readonly kind: "receipt"; readonly of: string }
  /** A notice reached `actor`. `client` is the data that it names; null when it names nobody. */
  | {
      readonly kind: "notice";
      readonly event: "join" | "leave";
      readonly client: string | null;
      readonly cause: string | null;
      readonly body: string;
      /** Whose notice this is: this case's, or nobody's in the whole run. Those of other cases are not recorded. */
      readonly claimedBy: "this-case" | "nobody";
    }
  | { readonly kind: "message"; readonly destination: string; readonly body: string }
  /** A MESSAGE about this case whose content-length is not its body's, so that clients cut it off or wait for more. */
  | {
      readonly kind: "wrong-content-length";
      readonly declared: number;
      readonly bytes: number;
      readonly frame: string;
    }
  /** Bytes of the STOMP stream came, be it a heartbeat or a piece of a frame. Only who was asked to tells of it. */
  | { readonly kind: "heard"; readonly bytes: number }
  /** Somebody asked who is there. Of the answer, those who are this case's. */
  | { readonly kind: "roster-read"; readonly clients: readonly string[] }
  /** A SockJS frame came before the one that opens the session. */
  | { readonly kind: "before-open"; readonly frame: string }
  /** ERROR from the server. */
  | { readonly kind: "stomp-error"; readonly message: string }
  /**
   * The actor's client closes the connection by itself. `reason` says why: it could not read what came. Left out, it missed the
   * target's heartbeats.
   */
  | { readonly kind: "gave-up"; readonly reason?: string | undefined }
  /** The actor's transport is closed, as the actor saw it. */
  | { readonly kind: "closed"; readonly code: number | null; readonly reason: string }
  /**
   * The target's own end of the actor's WebSocket connection, FIN or RST, came to the actor's proxy, before anybody else had
   * ended that. The actor sees it `closed` later. Not on record while other connections of the actor's are open.
   */
  | { readonly kind: "end-received" }
  /**
   * The harness starts to disturb, or the client to leave. `ends` says what that means for the session: whether it may
   * end from here on, and how the target can know.
   */
  | { readonly kind: "fault-injected"; readonly fault: string; readonly ends: Ends }
  /** Proof that the fault took effect, as seen by something other than the code that injected it. */
  | {
      readonly kind: "fault-witnessed";
      readonly fault: string;
      readonly witness: string;
      /** When it reached the target, as the proxy saw it. */
      readonly effectAtMs: number;
    }
  /** The connection had ended by itself before the fault could touch it. */
  | { readonly kind: "fault-forestalled"; readonly fault: string }
  /** A disturbance that lasted is over. */
  | { readonly kind: "fault-healed"; readonly fault: string }
  /** The last byte that the target can have had of this actor, as the proxy forwarded it. */
  | { readonly kind: "last-byte-forwarded"; readonly forwardedAtMs: number }
  /** Every declared mechanism that could still produce a notice of the sessions that ended has had its time. */
  | { readonly kind: "waited-out"; readonly waitedMs: number }
  /** What the actor should have seen did not come in all this time. */
  | { readonly kind: "waited-in-vain"; readonly awaited: string; readonly waitedMs: number }
  /** The whole run heard leaves of `client` more often than it had sessions; known when the run is over. */
  | {
      readonly kind: "overheard";
      readonly client: string;
      readonly heard: number;
      readonly sessions: number;
      /** Who heard the most of them: `bob of leave/fin`. Left out in histories of earlier versions, as `quotes`. */
      readonly by?: string | undefined;
      /** The latest of those that were too many. Times are of this case's clock. */
      readonly quotes?: readonly { readonly atMs: number; readonly body: string }[] | undefined;
    }
  /** The target, which is this case's alone, is asked to stop. */
  | { readonly kind: "target-stopped" }
  /** The target, which was killed, is up again, at the same address and with what it had stored. */
  | { readonly kind: "target-started" }
  /** The target's probe has answered. */
  | {
      readonly kind: "probed";
      readonly askedAtMs: number;
      readonly mappings: number;
      /** How many sessions are open; null where the probe does not tell. */
      readonly sessions: number | null;
      /** What it tells of this case's sessions, the oldest first. */
      readonly told: readonly ToldEvent[];
    }
  /** The client sent this frame. Only of a raw client that was asked to tell. */
  | {
      readonly kind: "frame-sent";
      readonly command: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** A session came, identified and ended, and this is all that is kept of it. */
  | {
      readonly kind: "passed-by";
      readonly client: string;
      readonly transport: string;
      readonly fault: string;
      /** What shows that the fault took effect; null where nothing does. */
      readonly witness: string | null;
    }
  /** A throwaway session of its own ended, so that its leave shows who still listens. */
  | { readonly kind: "sentinel-ended"; readonly client: string }
  /**
   * The harness's own event loop or proxy was held up until now. Only delays that could matter to a verdict are recorded.
   * `lagMs` is the longest of them.
   */
  | {
      readonly kind: "harness-lagged";
      readonly lagMs: number;
      readonly source: "event-loop" | "proxy";
      /** All of them together, over the last `overMs`. Left out, there was one. */
      readonly sumMs?: number | undefined;
      readonly overMs?: number | undefined;
    }
  /** The page's own report of its session id, beside what the browser really requested. */
  | { readonly kind: "session-id-read"; readonly read: string | null; readonly requested: string | null };

/**
 * How a fault ends a session: `visibly` by a frame or the transport's end; `silently`, so that the target can know only
 * by missing something; `with-target`, which can tell of it only when it is up again; or `not`: the session must live on.
 */
export type Ends = "visibly" | "silently" | "with-target" | "not";

/** One event of a session, as the target's probe tells it. */
export interface ToldEvent {
  /** The event of its CONNECT, or a frame that an interceptor has seen. */
  readonly about: "connect" | "frame";
  /** The transport's. */
  readonly sessionId: string;
  readonly command: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One entry of a history. `actor` is who saw or did it. */
export type HistoryEvent = Occurrence & {
  readonly index: number;
  /** When the harness learned of it; of a notice, when it came to the actor's side at the latest. */
  readonly atMs: number;
  readonly actor: string;
};

/** An occurrence as it is handed in: the history adds index and time. */
export type NewEvent = Occurrence & { readonly actor: string };

/** Narrows an event to one kind. */
export type EventOf<K extends HistoryEvent["kind"]> = Extract<HistoryEvent, { kind: K }>;

/** No case needs as many events, or as much text in them; a target that floods must not fill the memory. */
const eventsMax = 5_000;
const charactersMax = 20_000_000;

const floodOf = (words: string) => new Error(`the target floods: it sent ${words}`);

/**
 * What happened in one case, in the order in which the harness learned of it. Append-only. Everything that waits in
 * a scenario waits for an event of its history, so nothing polls.
 */
export class History {
  readonly events: HistoryEvent[] = [];
  readonly #now: () => number;
  readonly #signal: AbortSignal;
  readonly #waiting = new Set<() => void>();
  #willLook = false;
  #characters = 0;
  #flood: Error | undefined;

  /** `now` gives milliseconds since the case began; `signal` ends every wait with its reason. */
  constructor(now: () => number, signal: AbortSignal) {
    this.#now = now;
    this.#signal = signal;
    // Each wait listens, and a scenario has as many as it likes.
    setMaxListeners(0, signal);
  }

  nowMs(): number {
    return this.#now();
  }

  /** Another history on the same clock, which ends with this one. */
  apart(): History {
    return new History(this.#now, this.#signal);
  }

  /**
   * Puts an event on record, which was at `atMs` or is now. When that is more than any case needs, nothing is recorded any
   * more, and every wait ends.
   */
  add(event: NewEvent, atMs = this.#now()): void {
    this.#characters += "body" in event ? event.body.length : 0;
    if (this.events.length < eventsMax && this.#characters <= charactersMax) {
      this.events.push({ ...event, index: this.events.length, atMs });
    } else {
      this.#flood = floodOf(`more than ${eventsMax} messages or ${charactersMax} characters in one case`);
    }
    this.#lookSoon();
  }

  /** The target sent more than can be taken in: every wait ends with that. */
  flooded(words: string): void {
    this.#flood = floodOf(words);
    this.#lookSoon();
  }

  #lookSoon(): void {
    if (this.#willLook) return;
    this.#willLook = true;
    // Once for all that arrived together: each look reads the whole history.
    queueMicrotask(() => {
      this.#willLook = false;
      for (const look of [...this.#waiting]) look();
    });
  }

  /**
   * Resolves true as soon as `holds` is true of the history, false when `timeoutMs` have passed. Looks at once, then
   * after events. Rejects with the signal's reason when the run is interrupted, and when the target floods.
   */
  until(holds: (events: readonly HistoryEvent[]) => boolean, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const signal = this.#signal;
      if (signal.aborted) return reject(signal.reason as Error);
      if (this.#flood !== undefined) return reject(this.#flood);
      if (holds(this.events)) return resolve(true);
      const done = (settle: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        signal.removeEventListener("abort", abort);
        settle();
      };
      const look = () => {
        const flood = this.#flood;
        if (flood !== undefined) done(() => reject(flood));
        else if (holds(this.events)) done(() => resolve(true));
      };
      const abort = () => done(() => reject(signal.reason as Error));
      const timer = setTimeout(() => done(() => resolve(false)), Math.max(0, Math.ceil(timeoutMs)) + 1);
      this.#waiting.add(look);
      signal.addEventListener("abort", abort);
    });
  }
}
