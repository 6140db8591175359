/** What ends a session, in the words of a notice. */
export type ModelCause = "disconnect" | "closed" | "lost" | "silence" | "error";

/** What was agreed on or configured. Times are milliseconds. */
export interface Rules {
  readonly policy: "session" | "person";
  readonly silenceFactor: number;
  /** The heartbeats that the server offers, the same both ways. */
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
  /** Whether the server still has somebody to talk to. */
  isReachable: boolean;
  /** How long the client, and the server, may be silent. */
  clientSilenceMs: number;
  serverSilenceMs: number;
  readonly topics: Set<string>;
  asksRoster: boolean;
  /** What it said of itself and isn't stored yet, oldest first. */
  said: { readonly name: string; readonly receipt: boolean }[];
  /** Who it is, for everybody. */
  name: string | null;
  isBeingRemoved: boolean;
  /** What its client must have received, in order. */
  readonly mustReceive: string[];
}

/**
 * What the requirements say must happen, written from their sentences and knowing nothing of how the server does it. It
 * is told what reaches the server and when the store answers, and says what every client must receive.
 */
export class Model {
  readonly lives: ModelSession[] = [];
  private readonly rules: Rules;
  /** Whom the store still holds because it failed to remove them. */
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

  /** Both directions follow the slower side; 0 is none. */
  connects(index: number, [sendsMs, wantsMs]: readonly [number, number], nowMs: number): void {
    const life = this.hears(index, nowMs);
    life.frameBegunMs = null;
    // A second CONNECT makes no second identity and no second leave. It is an error.
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

  /** An application's error is none of the protocol's: everything stays as it is. */
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

  /** Bytes that are no whole frame. They count as life too. */
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

  /** It is `nowMs`, and everybody was heard who is to be heard at this moment. */
  passes(nowMs: number): void {
    this.lives.forEach((life, index) => {
      if (life.goodbyeMs !== null && nowMs >= life.goodbyeMs + this.rules.lingerMs) life.isReachable = false;
      if (nowMs < this.dueMs(life)) return;
      const isSilent = life.phase === "there" && nowMs >= life.lastHeardMs + life.clientSilenceMs;
      this.ends(index, isSilent ? "silence" : "error");
    });
  }

  /** Throws if something should have happened before `nowMs` and was not told of. */
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

  /** The first that the session said is stored: that is who it is now, and the others hear of it if it is news. */
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

  /** The mapping is gone. Now, and not earlier, the others hear of it. */
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

  /** What couldn't be stored didn't happen; its session can't go on. A leave is told though the store couldn't do it. */
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

  /** Everything is over: nobody may be left. */
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

  /** A whole frame. Before CONNECT it is an error; after the end it is nothing. */
  private takesFrame(index: number, nowMs: number): ModelSession | null {
    const life = this.hears(index, nowMs);
    life.frameBegunMs = null;
    if (life.phase === "before-connect") this.ends(index, "error");
    return life.phase === "there" ? life : null;
  }

  /** A session ends once; what comes later is of no account. */
  private ends(index: number, cause: ModelCause): void {
    const life = this.life(index);
    if (life.phase === "gone") return;
    if (cause === "error") life.mustReceive.push("ERROR");
    life.isReachable = cause === "disconnect";
    life.phase = "gone";
    life.cause = cause;
    life.topics.clear();
  }

  /** When a session ends if nothing happens before. */
  private dueMs(life: ModelSession): number {
    const { connectWithinMs, frameWithinMs } = this.rules;
    if (life.phase === "before-connect") return life.openedMs + connectWithinMs;
    if (life.phase === "gone") return Infinity;
    const frameDueMs = life.frameBegunMs === null ? Infinity : life.frameBegunMs + frameWithinMs;
    return Math.min(life.lastHeardMs + life.clientSilenceMs, frameDueMs);
  }

  /** Under the policy `person` a name stands for whoever has it. */
  private refOf(index: number, name: string): string {
    return this.rules.policy === "person" ? name : `ref${index}`;
  }

  private isThere(name: string): boolean {
    return this.ghosts.includes(name) || this.lives.some((life) => life.name === name);
  }

  /** Everybody who is subscribed hears it once for each subscription, except whom it is about. */
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
