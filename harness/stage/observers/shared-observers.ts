import { setTimeout } from "node:timers/promises";
import { ofKind, type HistoryEvent, type NewEvent } from "../../history/events/events.ts";
import { describeCloseCode } from "../../history/sessions/connection-end.ts";
import { isSentinel } from "../../history/sessions/sentinels.ts";
import { isOverHttp } from "../../profile/transports.ts";
import { messageOf } from "../../util/words.ts";
import type { JoinOptions } from "../actor/actor-options.ts";
import type { CaseContext, PlayedSentinel, SharedClients } from "../case-context.ts";
import { possibleTransports, usualTransport } from "../connection-settings.ts";
import { addAt, copyTo } from "./shared-clock.ts";
import { SharedObserver } from "./shared-observer.ts";
import { SharedSentinels } from "./shared-sentinels.ts";

/** Shortest time between the begins of two younger observers, in milliseconds. Cases that need one within that time share it. */
const everyMs = 400;

/** A new observer over HTTP starts after this many observers. */
const httpEvery = 4;

/** Age from which on a case gets a new observer, in milliseconds. A target may end sessions of a certain age. */
const oldMs = 2_000;

/** Number of lost observers after which cases get observers of their own: the target loses too many for shared ones. */
const lossesMax = 10;

/** Largest number of tries to attach a case to an observer that listens. */
const triesMax = 3;

/**
 * Observers and sentinels that the cases of a run share. Each case has two older observers, one of them with heartbeats; one over
 * HTTP if the target takes that; and one that subscribed after the case's leaver. Observers are renewed in turn. An observer
 * without cases disconnects.
 */
export class SharedObservers implements SharedClients {
  readonly #sentinels: SharedSentinels;
  readonly #run: CaseContext;
  readonly #kinds: readonly JoinOptions[];
  readonly #http: readonly string[];
  /** The newest observer of each kind, and of HTTP. */
  readonly #newest = new Map<JoinOptions | "http", SharedObserver>();
  readonly #starting = new Map<JoinOptions | "http", Promise<SharedObserver>>();
  readonly #all = new Set<SharedObserver>();
  /** Observers over HTTP. A case goes on without them. */
  readonly #spare = new Set<SharedObserver>();
  /** The case that keeps the loss of an observer as evidence; undefined if none does. */
  readonly #suspects = new Map<SharedObserver, CaseContext | undefined>();
  /** The cases that keep the false leaves of observers as evidence, by the observers' names in notices. */
  readonly #falselyLeft = new Map<string, CaseContext>();
  readonly #ended = new WeakSet<CaseContext>();
  #next: Promise<SharedObserver> | undefined;
  #freeAtMs = 0;
  #started = 0;
  #losses = 0;
  #isOver = false;

  /**
   * @param run context of the shared actors, with a clock and a token of their own
   * @param onConnected see `SharedSentinels`
   */
  constructor(run: CaseContext, onConnected: (tookMs: number) => void = () => undefined) {
    this.#run = run;
    this.#sentinels = new SharedSentinels(run, onConnected);
    const { profile } = run;
    const transport = usualTransport(profile);
    this.#kinds =
      profile.heartbeatMs > 0 ? [{ transport }, { transport, heartbeats: true }] : [{ transport }];
    this.#http = possibleTransports(profile).filter((name) => name !== transport && isOverHttp(name));
  }

  /** False when the target has closed or refused so many that cases need observers of their own. */
  get areReliable(): boolean {
    return this.#losses < lossesMax;
  }

  /**
   * Attaches a case to the newest observers that listen, and to one over HTTP once that has received a notice.
   * @throws Error if the target does not let observers in; the case then has the event `observer-lost`
   */
  async attach(context: CaseContext): Promise<void> {
    await this.#orLost(context, async () => {
      for (const kind of this.#kinds) this.#attachTo(await this.#listeningOf(kind), context);
    });
    const http = this.#newest.get("http");
    if (http === undefined || http.ageMs > oldMs) this.#startHttp();
    if (http?.hasHeard === true && http.isListening) this.#attachTo(http, context);
  }

  /** Attaches a case to an observer that subscribes after this call. Throws as `attach`. */
  async attachYounger(context: CaseContext): Promise<void> {
    await this.#orLost(context, async () => {
      this.#next ??= this.#startNext();
      this.#attachTo(await this.#next, context);
    });
  }

  /** See `SharedSentinels`. */
  playSentinel(context: CaseContext, subscribes: boolean): Promise<PlayedSentinel> {
    return this.#sentinels.play(context, subscribes);
  }

  detach(context: CaseContext): void {
    this.#ended.add(context);
    for (const observer of this.#all) observer.detach(context);
    this.#sentinels.detach(context);
    this.#retire();
  }

  /** Gives up an observer that missed a notice. The case that noticed it runs again with observers of its own. */
  giveUp(name: string, { history }: CaseContext): void {
    const observer = [...this.#all].find((one) => one.name === name);
    if (observer === undefined) return;
    if (observer.isListening) this.#losses += 1;
    observer.giveUp();
    history.add({
      kind: "observer-lost",
      actor: name,
      reason: "it missed a leave that other observers received",
    });
  }

  async dispose(): Promise<void> {
    this.#isOver = true;
    await Promise.allSettled([this.#sentinels.dispose(), ...[...this.#all].map((one) => one.dispose())]);
  }

  /** Records where a case gets no observer, so that it runs again with its own. */
  async #orLost(context: CaseContext, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#losses += 1;
      context.history.add({ kind: "observer-lost", actor: "observers", reason: messageOf(error) });
      throw error;
    }
  }

  #attachTo(observer: SharedObserver, context: CaseContext): void {
    if (this.#ended.has(context)) throw new Error("the case is over");
    if (!observer.isListening)
      throw new Error(`${observer.name} was lost before it could listen for the case`);
    observer.attach(context);
  }

  /** Returns the newest observer of a kind. Starts another one if that is old, or lost. */
  async #listeningOf(kind: JoinOptions): Promise<SharedObserver> {
    for (let tries = 1; ; tries += 1) {
      const newest = this.#newest.get(kind);
      const isFresh = newest?.isListening === true && newest.ageMs <= oldMs;
      const observer = isFresh ? newest : await this.#startOnce(kind, kind);
      if (observer.isListening || tries === triesMax) return observer;
    }
  }

  async #startNext(): Promise<SharedObserver> {
    const nowMs = this.#run.history.nowMs();
    const atMs = Math.max(nowMs, this.#freeAtMs);
    this.#freeAtMs = atMs + everyMs;
    await setTimeout(atMs - nowMs);
    // Cases that ask from now on need one that begins later.
    this.#next = undefined;
    if (this.#started % httpEvery === 0) this.#startHttp();
    const kind = this.#kinds[this.#started % this.#kinds.length] ?? {};
    return this.#start(kind, kind);
  }

  /** Starts an observer over HTTP, one transport after the other. No case waits for it. */
  #startHttp(): void {
    const transport = this.#http[Math.floor(this.#started / httpEvery) % this.#http.length];
    if (transport !== undefined) this.#startOnce("http", { transport }).catch(() => undefined);
  }

  /** Starts an observer, or returns one of that kind that is just starting. */
  #startOnce(kind: JoinOptions | "http", options: JoinOptions): Promise<SharedObserver> {
    const starting = this.#starting.get(kind) ?? this.#start(kind, options);
    this.#starting.set(kind, starting);
    const end = () => this.#starting.delete(kind);
    starting.then(end, end);
    return starting;
  }

  async #start(kind: JoinOptions | "http", options: JoinOptions): Promise<SharedObserver> {
    const name = `observer-${(this.#started += 1)}`;
    const observer = await SharedObserver.start(name, this.#run, options, {
      onLost: (...lost) => this.#lose(...lost),
      onSharedLeave: (...leave) => this.#noteLeave(...leave),
    });
    if (this.#isOver) {
      await observer.dispose();
      throw new Error("the run is over");
    }
    this.#all.add(observer);
    if (kind === "http") this.#spare.add(observer);
    this.#newest.set(kind, observer);
    this.#retire();
    return observer;
  }

  /** Frees the observers that no case uses, except the newest of each kind. */
  #retire(): void {
    const newest = new Set(this.#newest.values());
    for (const observer of this.#all) {
      if (newest.has(observer) || observer.cases.length > 0) continue;
      this.#all.delete(observer);
      this.#spare.delete(observer);
      void observer.dispose();
    }
  }

  /** Records a false leave of a connected observer in the case with the latest fault. That case then fails. */
  #noteLeave(client: string, leave: NewEvent, atMs: number): void {
    const observer = [...this.#all].find((one) => one.client === client);
    if (observer?.isListening !== true || this.#falselyLeft.has(client)) return;
    const suspect = latestToAct(observer.cases);
    if (suspect === undefined) return;
    this.#falselyLeft.set(client, suspect);
    addAt(suspect.history, leave, atMs, this.#run.history);
  }

  /**
   * Handles the loss of an observer. The case with the latest fault keeps it as evidence. All other cases go on without it if it is
   * their third one, over HTTP. Otherwise they end and run again: without the observer they cannot prove that a notice is missing.
   */
  #lose(observer: SharedObserver, event: HistoryEvent): void {
    if (!this.#all.has(observer)) return;
    const { name: actor, cases } = observer;
    if (this.#suspects.has(observer)) {
      const known = this.#suspects.get(observer);
      if (known !== undefined && cases.includes(known)) copyTo(known.history, event, this.#run.history);
      return;
    }
    const isSpare = this.#spare.has(observer);
    if (!isSpare) this.#losses += 1;
    // A server tells the others of the close first, so this is one event for one case.
    const witness = this.#falselyLeft.get(observer.client);
    const suspect = event.kind === "gave-up" ? undefined : (witness ?? latestToAct(cases));
    this.#suspects.set(observer, suspect);
    for (const context of cases) {
      const { history } = context;
      if (context === suspect) {
        copyTo(history, event, this.#run.history);
        continue;
      }
      const reason = lossInWords(event);
      if (isSpare && context !== witness) {
        observer.detach(context);
        history.add({ kind: "observer-detached", actor, reason });
        continue;
      }
      history.add({ kind: "observer-lost", actor, reason });
      history.stop(new Error(`${actor}, which listened for this case and others, is lost`));
    }
  }
}

function lossInWords(event: HistoryEvent): string {
  switch (event.kind) {
    case "closed":
      return `the target closed its connection ${describeCloseCode(event)}`;
    case "stomp-error":
      return `the target sent it an ERROR: ${event.message}`;
    default:
      return "its client closed the connection by itself";
  }
}

/** Returns the case in which something was done to a client last; the first case if none did anything. */
function latestToAct(cases: readonly CaseContext[]): CaseContext | undefined {
  const sinceMs = ({ history }: CaseContext) => {
    const last = ofKind(history.events, "fault-injected").findLast(({ actor }) => !isSentinel(actor));
    return last === undefined ? Infinity : history.nowMs() - last.atMs;
  };
  return [...cases].sort((a, b) => sinceMs(a) - sinceMs(b))[0];
}
