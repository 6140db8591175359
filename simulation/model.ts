/** Cause of a session's end, as notices name it. */
export type ModelCause = "disconnect" | "closed" | "lost" | "silence" | "error";

/** Configuration of the server. Times are milliseconds. */
export interface Rules {
  readonly policy: "session" | "person";
  readonly silenceFactor: number;
  /** Heartbeat interval that the server offers, the same both ways. */
  readonly offeredMs: number;
  readonly connectWithinMs: number;
  readonly frameWithinMs: number;
  readonly lingerMs: number;
}

/** One session as the requirements see it. */
interface ModelSession {
  phase: "before-connect" | "there" | "gone";
  cause: ModelCause | null;
  readonly openedMs: number;
  lastHeardMs: number;
  lastSpokenToMs: number;
  frameBegunMs: number | null;
  goodbyeMs: number | null;
  /** True while the server can still send to the client. */
  isReachable: boolean;
  /** Longest allowed silence of the client, and of the server. */
  clientSilenceMs: number;
  serverSilenceMs: number;
  readonly topics: Set<string>;
  asksRoster: boolean;
  /** Identifies that are not stored yet, oldest first. */
  said: { readonly name: string; readonly receipt: boolean }[];
  /** Stored name. */
  name: string | null;
  isBeingRemoved: boolean;
  /** Messages that its client must have received, in order. */
  readonly mustReceive: string[];
}

/**
 * Model of the requirements, written from their sentences and independent of the server's code. The simulation reports
 * every arrival and every store answer to the model. The model returns the messages that each client must receive.
 */
export class Model {
  readonly lives: ModelSession[] = [];
  private readonly rules: Rules;
  /** Names that the store still holds after a failed removal. */
  readonly ghosts: string[] = [];

  constructor(rules: Rules) {
    this.rules = rules;
  }

  opens(nowMs: number): void {
    this.lives.push({
      phase: "before-connect",
      cause: null,
      openedMs: nowMs,
      lastHeardMs: nowMs,
      lastSpokenToMs: nowMs,
      frameBegunMs: null,
      goodbyeMs: null,
      isReachable: true,
      clientSilenceMs: Infinity,
      serverSilenceMs: Infinity,
      topics: new Set(),
      asksRoster: false,
      said: [],
      name: null,
      isBeingRemoved: false,
      mustReceive: [],
    });
  }

  /** Each direction follows the slower side. 0 means no heartbeats. */
  connects(index: number, [sendsMs, wantsMs]: readonly [number, number], nowMs: number): void {
    const life = this.hears(index, nowMs);
    life.frameBegunMs = null;
    // A second CONNECT is an error. It creates no second identity and no second leave.
    if (life.phase === "there") this.ends(index, "error");
    if (life.phase !== "before-connect") return;
    const { offeredMs, silenceFactor } = this.rules;
    life.phase = "there";
    life.clientSilenceMs = sendsMs === 0 ? Infinity : Math.max(sendsMs, offeredMs) * silenceFactor;
    life.serverSilenceMs = wantsMs === 0 ? Infinity : Math.max(wantsMs, offeredMs);
    life.mustReceive.push("CONNECTED");
  }

  subscribes(index: number, id: string, receipt: boolean, nowMs: number): void {
    const life = this.takesFrame(index, nowMs);
    if (life === null) return;
    if (life.topics.has(id)) {
      this.ends(index, "error");
      return;
    }
    life.topics.add(id);
    if (receipt) life.mustReceive.push("RECEIPT");
  }

  unsubscribes(index: number, id: string, receipt: boolean, nowMs: number): void {
    const life = this.takesFrame(index, nowMs);
    life?.topics.delete(id);
    if (receipt) life?.mustReceive.push("RECEIPT");
  }

  asksRoster(index: number, nowMs: number): void {
    const life = this.takesFrame(index, nowMs);
    if (life === null) return;
    if (life.asksRoster) this.ends(index, "error");
    life.asksRoster = true;
  }

  identifies(index: number, name: string, receipt: boolean, nowMs: number): void {
    this.takesFrame(index, nowMs)?.said.push({ name, receipt });
  }

  /** Takes an identify with an invalid body. This is an application error, and the session goes on unchanged. */
  identifiesWrongly(index: number, nowMs: number): void {
    this.takesFrame(index, nowMs);
  }

  breaksProtocol(index: number, nowMs: number): void {
    if (this.takesFrame(index, nowMs) !== null) this.ends(index, "error");
  }

  disconnects(index: number, receipt: boolean, nowMs: number): void {
    const life = this.takesFrame(index, nowMs);
    if (life === null) return;
    if (receipt) life.mustReceive.push("RECEIPT");
    life.goodbyeMs = nowMs;
    this.ends(index, "disconnect");
  }

  /** Takes bytes that form no whole frame. They count as a sign of life, too. */
  sendsBytes(index: number, beginsFrame: boolean, nowMs: number): void {
    const life = this.hears(index, nowMs);
    if (beginsFrame) life.frameBegunMs ??= nowMs;
    else life.frameBegunMs = null;
  }

  losesTransport(index: number, cause: "closed" | "lost"): void {
    this.ends(index, cause);
    this.life(index).isReachable = false;
  }

  speaks(index: number, nowMs: number): void {
    this.life(index).lastSpokenToMs = nowMs;
  }

  /** Advances to `nowMs`, after all arrivals of this moment. */
  passes(nowMs: number): void {
    this.lives.forEach((life, index) => {
      if (life.goodbyeMs !== null && nowMs >= life.goodbyeMs + this.rules.lingerMs) life.isReachable = false;
      if (nowMs < this.dueMs(life)) return;
      const isSilent = life.phase === "there" && nowMs >= life.lastHeardMs + life.clientSilenceMs;
      this.ends(index, isSilent ? "silence" : "error");
    });
  }

  /** Throws if the server missed a deadline before `nowMs`. */
  expectNothingOverdue(nowMs: number): void {
    for (const life of this.lives) {
      if (life.phase === "gone") continue;
      if (nowMs > this.dueMs(life))
        throw new Error(`session ${this.lives.indexOf(life)} should have ended by now`);
      const isMute = life.phase === "there" && nowMs > life.lastSpokenToMs + life.serverSilenceMs;
      if (isMute) throw new Error(`session ${this.lives.indexOf(life)} should have been sent a heartbeat`);
    }
  }

  storeIsAsked(index: number, to: "put" | "remove"): void {
    const life = this.life(index);
    const mayPut = life.said.length > 0;
    const mayRemove = life.phase === "gone" && !mayPut && life.name !== null && !life.isBeingRemoved;
    if (to === "put" ? !mayPut : !mayRemove) throw new Error(`session ${index}: there is nothing to ${to}`);
    life.isBeingRemoved = to === "remove";
  }

  /** Takes the store's confirmation of the oldest identify. The others receive a notice if the name changed. */
  isStored(index: number): void {
    const life = this.life(index);
    const said = life.said.shift();
    if (said === undefined) throw new Error(`session ${index}: stored what was never said`);
    if (said.receipt && life.isReachable) life.mustReceive.push("RECEIPT");
    const before = life.name;
    if (before === said.name) return;
    life.name = null;
    const { policy } = this.rules;
    if (policy === "person" && before !== null && !this.isThere(before))
      this.tell(index, `leave ${before} ${before} renamed`);
    if (policy === "session" || !this.isThere(said.name))
      this.tell(index, `join ${said.name} ${this.refOf(index, said.name)}`);
    life.name = said.name;
  }

  /** Takes the store's confirmation of a removal. The others receive the leave now, not earlier. */
  isRemoved(index: number): void {
    const life = this.life(index);
    const { name, cause } = life;
    life.name = null;
    if (name === null || cause === null) throw new Error(`session ${index}: removed what wasn't there`);
    if (this.rules.policy === "person" && this.isThere(name)) return;
    this.tell(index, `leave ${name} ${this.refOf(index, name)} ${cause}`);
  }

  rosterIsRead(index: number): void {
    const life = this.life(index);
    if (life.phase !== "there") return;
    const present = [...this.lives.flatMap(({ name }) => name ?? []), ...this.ghosts];
    const shown = this.rules.policy === "person" ? [...new Set(present)] : present;
    life.mustReceive.push(`roster ${shown.sort().join()}`);
  }

  /** Takes a store failure. A failed put or roster ends the session. A failed removal is announced like any leave. */
  storeFailed(index: number, at: "put" | "remove" | "roster"): void {
    const life = this.life(index);
    if (at === "put") life.said = [];
    if (at !== "remove") {
      this.ends(index, "error");
      return;
    }
    if (life.name !== null) this.ghosts.push(life.name);
    this.isRemoved(index);
  }

  /** Throws if a session or a mapping is left at the end of a history. */
  expectNobodyLeft(): void {
    const left = this.lives.findIndex(
      ({ phase, name, said }) => phase !== "gone" || name !== null || said.length > 0,
    );
    if (left !== -1) throw new Error(`session ${left} was left behind`);
  }

  private hears(index: number, nowMs: number): ModelSession {
    const life = this.life(index);
    life.lastHeardMs = nowMs;
    return life;
  }

  /** Takes a whole frame. Before CONNECT it is an error; after the end it has no effect. */
  private takesFrame(index: number, nowMs: number): ModelSession | null {
    const life = this.hears(index, nowMs);
    life.frameBegunMs = null;
    if (life.phase === "before-connect") this.ends(index, "error");
    return life.phase === "there" ? life : null;
  }

  /** Ends a session. Later causes have no effect. */
  private ends(index: number, cause: ModelCause): void {
    const life = this.life(index);
    if (life.phase === "gone") return;
    if (cause === "error") life.mustReceive.push("ERROR");
    life.isReachable = cause === "disconnect";
    life.phase = "gone";
    life.cause = cause;
    life.topics.clear();
  }

  /** Returns the time of a session's end if its client stays silent. */
  private dueMs(life: ModelSession): number {
    const { connectWithinMs, frameWithinMs } = this.rules;
    if (life.phase === "before-connect") return life.openedMs + connectWithinMs;
    if (life.phase === "gone") return Infinity;
    const frameDueMs = life.frameBegunMs === null ? Infinity : life.frameBegunMs + frameWithinMs;
    return Math.min(life.lastHeardMs + life.clientSilenceMs, frameDueMs);
  }

  /** Returns the `ref` of a notice. Under the policy `person` it is the name. */
  private refOf(index: number, name: string): string {
    return this.rules.policy === "person" ? name : `ref${index}`;
  }

  private isThere(name: string): boolean {
    return this.ghosts.includes(name) || this.lives.some((life) => life.name === name);
  }

  /** Sends a notice once per subscription. The session in question receives no copy. */
  private tell(about: number, news: string): void {
    this.lives.forEach((life, index) => {
      if (index === about) return;
      for (let count = 0; count < life.topics.size; count++) life.mustReceive.push(news);
    });
  }

  private life(index: number): ModelSession {
    const life = this.lives[index];
    if (life === undefined) throw new Error(`there is no session ${index}`);
    return life;
  }
}
