import { setTimeout } from "node:timers/promises";
import { ofKind, type HistoryEvent, type NewEvent } from "../../history/events/events.ts";
import { describeCloseCode } from "../../history/sessions/connection-end.ts";
import { isSentinel } from "../../history/sessions/sentinels.ts";
import { isOverHttp } from "../../profile/transports.ts";
import type { JoinOptions } from "../actor/actor-options.ts";
import type { CaseContext } from "../case-context.ts";
import { possibleTransports, usualTransport } from "../connection-settings.ts";
import { addAt, copyTo } from "./shared-clock.ts";
import { SharedObserver } from "./shared-observer.ts";
import { SharedSentinels } from "./shared-sentinels.ts";

/** Shortest time between the begins of two observers, in milliseconds. Cases that need a younger one meanwhile share it. */
const everyMs = 400;

/** Number of observers after which one over HTTP is renewed. */
const httpEvery = 4;

/** Number of lost observers after which cases get observers of their own: the target loses too many for shared ones. */
const lossesMax = 10;

/**
 * Observers and sentinels that the cases of a run share. Each case has two older observers, one of them with heartbeats; one over
 * HTTP if the target takes that; and one that subscribed after the case's leaver. Observers are renewed in turn, and one that no
 * case needs any more leaves.
 */
export class SharedObservers {
  readonly sentinels: SharedSentinels;
  readonly #run: CaseContext;
  readonly #kinds: readonly JoinOptions[];
  readonly #http: readonly string[];
  /** The newest observer of each kind, and of HTTP. */
  readonly #newest = new Map<JoinOptions | "http", SharedObserver>();
  readonly #all = new Set<SharedObserver>();
  #first: Promise<unknown> | undefined;
  #next: Promise<SharedObserver> | undefined;
  #freeAtMs = 0;
  #started = 0;
  #losses = 0;

  /**
   * @param run context of the shared actors, with a clock and a token of their own
   * @param onAnswers see `SharedSentinels`
   */
  constructor(run: CaseContext, onAnswers: (tookMs: number) => void = () => undefined) {
    this.#run = run;
    this.sentinels = new SharedSentinels(run, onAnswers);
    const { profile } = run;
    const transport = usualTransport(profile);
    this.#kinds =
      profile.heartbeatMs > 0 ? [{ transport }, { transport, heartbeats: true }] : [{ transport }];
    this.#http = possibleTransports(profile).filter((name) => name !== transport && isOverHttp(name));
  }

  /** False when the target has closed so many that cases need observers of their own. */
  get areReliable(): boolean {
    return this.#losses < lossesMax;
  }

  /**
   * Attaches a case to the observers that listen already. Starts the first ones.
   * @throws Error if the target does not let them in
   */
  async attach(context: CaseContext): Promise<void> {
    this.#first ??= this.#startFirst();
    await this.#first;
    for (const observer of await Promise.all(this.#kinds.map((kind) => this.#openOf(kind))))
      observer.attach(context);
    const http = this.#newest.get("http");
    // An observer over HTTP is of use once it has shown that notices reach it.
    if (http?.hasHeard === true && http.isOpen) http.attach(context);
  }

  /** Attaches a case to an observer that subscribes after this call. */
  async attachYounger(context: CaseContext): Promise<void> {
    this.#next ??= this.#startNext();
    (await this.#next).attach(context);
  }

  detach(context: CaseContext): void {
    for (const observer of this.#all) observer.detach(context);
    this.sentinels.detach(context);
    this.#retire();
  }

  async dispose(): Promise<void> {
    await Promise.allSettled([this.sentinels.dispose(), ...[...this.#all].map((one) => one.dispose())]);
  }

  async #startFirst(): Promise<void> {
    await Promise.all(this.#kinds.map((kind) => this.#start(kind, kind)));
    this.#startHttp();
  }

  /** Returns the newest observer of a kind. Starts another one if the target has closed it. */
  async #openOf(kind: JoinOptions): Promise<SharedObserver> {
    const newest = this.#newest.get(kind);
    return newest?.isOpen === true ? newest : this.#start(kind, kind);
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
    if (transport !== undefined) this.#start("http", { transport }).catch(() => undefined);
  }

  async #start(kind: JoinOptions | "http", options: JoinOptions): Promise<SharedObserver> {
    const name = `observer-${(this.#started += 1)}`;
    const observer = await SharedObserver.start(name, this.#run, options, {
      onLost: (...lost) => this.#lose(...lost),
      onSharedLeave: (...leave) => this.#noteLeave(...leave),
    });
    this.#all.add(observer);
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
      void observer.dispose();
    }
  }

  /** Records the leave of an observer that lives. The case with the latest fault is the likely cause, and fails by it. */
  #noteLeave(client: string, leave: NewEvent, atMs: number): void {
    const observer = [...this.#all].find((one) => one.client === client);
    const suspect = observer?.isOpen === true ? latestToAct(observer.cases) : undefined;
    if (suspect !== undefined) addAt(suspect.history, leave, atMs, this.#run.history);
  }

  /**
   * Tells the cases of a lost observer. The case with the latest fault is the likely cause, and keeps the loss as evidence. All
   * others end, since they could not tell a missing notice from one that nobody received.
   */
  #lose(observer: SharedObserver, event: HistoryEvent): void {
    if (!this.#all.has(observer)) return;
    this.#losses += 1;
    const { name: actor, cases } = observer;
    const isOwn = event.kind === "gave-up";
    const suspect = isOwn ? undefined : latestToAct(cases);
    for (const context of cases) {
      const { history } = context;
      if (context === suspect) {
        copyTo(history, event, this.#run.history);
        continue;
      }
      history.add({ kind: "observer-lost", actor, reason: lossInWords(event) });
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
