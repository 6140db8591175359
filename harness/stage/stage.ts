import { Actor, type ActorOptions } from "./actor.ts";
import { possibleTransports } from "./connection-settings.ts";
import type { Fault, MakeFault, Witness } from "./faults/fault.ts";
import { witnessLimitMs } from "../util/limits.ts";
import { disconnect } from "./faults/disconnect.ts";
import { clockErrorMs } from "../util/clock-error.ts";
import type { HistoryEvent } from "../history/history.ts";
import { lagMarginMs } from "../history/lateness.ts";
import { lossOf } from "../history/closing.ts";
import { expectedLeaves, leaveOf, replacementsOf, takenBackLeaves } from "../history/leaves.ts";
import { namesAtEnd } from "../history/names-at-end.ts";
import { tellsJoins } from "../history/notice.ts";
import {
  isSentinel,
  listens,
  observersOf,
  ofKind,
  passedUnheard,
  personOf,
  quietFromMs,
  sentinelName,
  sessionsOf,
  takenDisconnect,
  visibleDeadlineMaxMs,
  windowOf,
  type Session,
} from "../history/sessions.ts";
import { askProbe } from "./probe.ts";
import { backlogLimitBytes } from "../network/flow.ts";
import { killTarget, ownTargetOf, startTarget } from "./target-control.ts";
import type { Profile } from "../profile/profile.ts";
import { isSilentDrop } from "../profile/silent-drop.ts";
import type { Surroundings } from "./case-context.ts";

/**
 * How much longer than the deadline a leave that is due is listened for. One that comes then is late, not missing. It
 * costs time only where something is wrong.
 */
const patience = 4;

/**
 * How much longer than its deadline a silent drop is observed, in milliseconds: the harness's own delay. One that is noticed
 * later than that has failed, and a longer wait would only make a broken target slow to test.
 */
const silentDropMarginMs = lagMarginMs;

export interface ConnectOptions extends ActorOptions {
  /** Whose data to identify with; the actor's own name when left out. Two actors `as` one name are one person. */
  readonly as?: string;
}

export interface JoinOptions extends ConnectOptions {
  /**
   * False for one who listens to nobody: what goes on on the topic does not reach it. A target that announces only
   * subscribers would not know it, so there it subscribes all the same.
   */
  readonly subscribes?: boolean;
}

/** What a scenario acts with. Nothing in it judges: it records, and waits no longer than it must. */
export class Stage {
  readonly axes: Readonly<Record<string, string>>;
  readonly #around: Surroundings;
  readonly #actors: Actor[] = [];
  /** Of actors for whom others answer once they are silent, as the fault that silenced them told. */
  readonly #lastOwnByteAtMs = new Map<string, number>();
  /** Where those who pass by are on stage. */
  readonly #apart = new Set<Stage>();
  /** Those whose identify is held. */
  readonly #held = new Set<string>();
  #sentinels = 0;
  #disposed = false;

  constructor(around: Surroundings, axes: Readonly<Record<string, string>>) {
    this.#around = around;
    this.axes = axes;
  }

  /** Connects an actor that neither subscribes nor identifies, unless the target knows everybody who connects. */
  async connect(name: string, options: ConnectOptions = {}): Promise<Actor> {
    const actor = await Actor.create(name, this.dataOf(options.as ?? name), this.#around, options.by);
    this.#actors.push(actor);
    if (this.#disposed) {
      await actor.dispose();
      throw new Error(`${name} came when the case was over`);
    }
    await actor.connect(options);
    return actor;
  }

  /** Takes an actor through the whole flow: connect, subscribe, identify; others who listen then know of it. */
  async join(name: string, options: JoinOptions = {}): Promise<Actor> {
    const actor = await this.connect(name, options);
    if (options.subscribes !== false) await actor.subscribe();
    await this.identify(actor, options.as ?? name);
    // Whoever is gone already can't be played any further.
    actor.assertThere();
    return actor;
  }

  /**
   * Identifies and waits until the others have heard of it, or the time for that is over.
   * @param as a name within this case; the data that is really sent is unique in the run
   * @param sessionId what to put into the body in place of the own session id
   */
  async identify(actor: Actor, as: string, sessionId?: string): Promise<void> {
    await this.#subscribeFirst(actor);
    await actor.identify(this.dataOf(as), sessionId);
    await this.known(actor);
  }

  /** Subscribes where the target would not announce the actor otherwise. */
  async #subscribeFirst(actor: Actor): Promise<void> {
    if (this.profile.announced === "everybody") return;
    const session = sessionsOf(this.#around.history.events).findLast((s) => s.actor === actor.name);
    if (session?.subscribed === undefined) await actor.subscribe();
  }

  /**
   * Identifies, and keeps that on the way: the message waits in the actor's proxy, and goes on when the next fault begins,
   * ahead of it.
   * @throws Error when the message does not come to the proxy
   */
  async identifyInFlight(actor: Actor, as: string): Promise<void> {
    const { history } = this.#around;
    const client = this.dataOf(as);
    await this.#subscribeFirst(actor);
    actor.proxy.reshape("to-target", { kind: "hold", limitBytes: backlogLimitBytes });
    // A heartbeat is shorter than any name, and the end of an earlier request has no bytes.
    const arrived = actor.proxy.kept("to-target", witnessLimitMs, client.length);
    // Over HTTP it is done when it was answered, which it can't be as yet; what becomes of it then the history tells.
    actor.identify(client).catch(() => undefined);
    const kept = await arrived;
    if (kept === undefined) throw new Error(`${actor.name}'s identify did not come to its proxy`);
    history.add({ kind: "identify-held", actor: actor.name, bytes: kept.bytes });
    this.#held.add(actor.name);
  }

  /** Waits until those who listen have heard of the actor's present session. */
  async known(actor: Actor): Promise<void> {
    const { history, profile } = this.#around;
    const { endedMs } = profile.deadlines;
    const { confirmed = tellsJoins(profile.notice) ? "join" : { delayMs: endedMs } } = profile.identify;
    const isLost = () => lossOf(actor.name, history.events) !== undefined;
    if (confirmed === "receipt") return actor.untilIdentifyReceipt();
    if (confirmed !== "join") {
      await history.until(isLost, confirmed.delayMs);
      return;
    }
    await history.until((events) => {
      if (isLost()) return true;
      const session = sessionsOf(events).findLast((s) => s.actor === actor.name);
      const identified = session?.identified.at(-1);
      if (session === undefined || identified === undefined) return false;
      // Of several sessions of one person as many joins are told.
      const ofPerson = [...ofKind(events, "identify-sent"), ...ofKind(events, "notice")].filter(
        ({ client }) => client === identified.client,
      );
      return observersOf(session, events).every(({ actor: observer, subscribed }) => {
        const since = subscribed?.index ?? Infinity;
        const due = ofPerson.filter(
          ({ kind, index }) => kind === "identify-sent" && index > since && index <= identified.index,
        );
        const told = ofPerson.filter(
          (e) => e.kind === "notice" && e.event === "join" && e.actor === observer,
        );
        return told.length >= due.length;
      });
    }, endedMs);
  }

  /**
   * Lets somebody come, identify, be known and end, and keeps no more than that on record: for crowds, of which a history
   * would not hold every step.
   * @param makeFault ends it where the target can see it
   */
  async passBy(name: string, makeFault: MakeFault): Promise<void> {
    const { history } = this.#around;
    const events = history.apart();
    const apart = new Stage({ ...this.#around, history: events }, this.axes);
    this.#apart.add(apart);
    try {
      const actor = await apart.join(name, { by: "speaker", subscribes: false });
      const client = actor.client ?? "";
      if (tellsJoins(this.#around.profile.notice))
        await history.until(
          (all) => ofKind(all, "notice").some((n) => n.event === "join" && n.client === client),
          this.#around.profile.deadlines.endedMs,
        );
      const fault = makeFault(actor);
      await apart.inject(fault);
      const witness = ofKind(events.events, "fault-witnessed").at(-1)?.witness ?? null;
      const transport = sessionsOf(events.events).at(-1)?.opened.transport ?? "";
      history.add({ kind: "passed-by", actor: name, client, transport, fault: fault.name, witness });
    } finally {
      await apart.dispose();
      this.#apart.delete(apart);
    }
  }

  /** Injects a fault and waits for its witness. */
  async inject(fault: Fault): Promise<void> {
    const { history, claims } = this.#around;
    const actor = fault.actor.name;
    const session = sessionsOf(history.events).findLast((s) => s.actor === actor);
    if (session === undefined || personOf(session) === undefined) claims.namelessEnds();
    // A second fault on a session that has ended finds it gone; a first one is no end of the harness's.
    if (session?.end === undefined) fault.actor.assertThere();
    history.add({ kind: "fault-injected", actor, fault: fault.name, ends: fault.ends });
    if (this.#held.delete(actor)) fault.actor.proxy.heal();
    const witness = await this.#apply(fault);
    if (witness === undefined) {
      if (isGone(fault, session)) history.add({ kind: "fault-forestalled", actor, fault: fault.name });
      return;
    }
    const { words, effectAtMs, lastByteAtMs } = witness;
    history.add({ kind: "fault-witnessed", actor, fault: fault.name, witness: words, effectAtMs });
    if (lastByteAtMs !== undefined) this.#lastOwnByteAtMs.set(actor, lastByteAtMs);
  }

  /** Applies a fault. One that could not be applied to a connection that is gone has no witness. */
  async #apply(fault: Fault): Promise<Witness | undefined> {
    try {
      return await fault.apply();
    } catch (error) {
      if (fault.actor.isOpen) throw error;
      return undefined;
    }
  }

  /** Waits until the target shows that it took the actor's DISCONNECT, or the time for that is over. */
  async untilDisconnectTaken(actor: Actor): Promise<void> {
    const { history, profile } = this.#around;
    const taken = (events: readonly HistoryEvent[]) =>
      sessionsOf(events).some(
        (session) => session.actor === actor.name && takenDisconnect(session, events) !== undefined,
      );
    await history.until(taken, patience * profile.deadlines.endedMs);
  }

  /**
   * Lets a disturbance last for as long as the target may take to give a silent session up, and ends it.
   * @throws Error for one that is over by itself
   */
  async heal(fault: Fault): Promise<void> {
    if (fault.heal === undefined) throw new Error(`${fault.name} is over by itself`);
    const { history, profile } = this.#around;
    const lastsMs = profile.deadlines.silenceIntervals * fault.actor.clientHeartbeatMs;
    await history.until(() => false, lastsMs);
    fault.heal();
    history.add({ kind: "fault-healed", actor: fault.actor.name, fault: fault.name });
  }

  /** What the target declares of itself. */
  get profile(): Profile {
    return this.#around.profile;
  }

  /** The transports that the target takes and a client without a page can do; `native` is one. */
  get transports(): readonly string[] {
    return possibleTransports(this.#around.profile);
  }

  /**
   * For how long whoever says nothing may seem to live to all that watches it, its end's announcement included, in
   * milliseconds; as far as that is declared.
   */
  get quietMs(): number {
    return (this.profile.otherSilenceMs ?? 0) + visibleDeadlineMaxMs(this.profile);
  }

  /** Lets time pass, in which the actors do what they do by themselves. */
  async wait(forMs: number): Promise<void> {
    await this.#around.history.until(() => false, forMs);
  }

  /** Waits until every leave that is due was heard, for half the time that a target may take at most. */
  async untilHeard(): Promise<void> {
    const { history, profile } = this.#around;
    const { graceMs, deadlines } = profile;
    await history.until(() => this.#allHeard(), graceMs + deadlines.endedMs / 2);
  }

  /** Waits until every leave that is due was heard, or is so long overdue that it won't come. */
  async untilHeardOrOverdue(): Promise<void> {
    const { history, profile } = this.#around;
    const ended = sessionsOf(history.events).filter((s) => s.end !== undefined && !isSentinel(s.actor));
    const overdueMs = ended.map((session) => {
      const { latestMs = 0 } = windowOf(session, profile) ?? {};
      if (isSilentDrop(session.end?.fault ?? "")) return latestMs + silentDropMarginMs;
      return latestMs + (patience - 1) * (latestMs - (session.end?.atMs ?? 0));
    });
    await history.until(() => this.#allHeard(), Math.max(0, ...overdueMs) - history.nowMs());
  }

  /**
   * Observes until every leave that is due was heard, or is so long overdue that it won't come; waits out whatever
   * could still produce another; and lets a sentinel show who was listening.
   */
  async settle(): Promise<void> {
    await this.waitOut();
    // Some targets announce subscribers only, and some broken ones whoever has not subscribed.
    if (!(await this.#sendSentinel(true))) await this.#sendSentinel(false);
  }

  /** The same without a sentinel: nobody comes or goes any more. */
  async waitOut(): Promise<void> {
    const { history, profile } = this.#around;
    this.#recordLastBytes();
    await this.untilHeardOrOverdue();
    await history.until(() => this.#allAnswered(), patience * profile.deadlines.endedMs);
    await history.until(
      (events) => passedUnheard(events).length === 0,
      patience * visibleDeadlineMaxMs(profile),
    );
    await history.until(() => false, quietFromMs(history.events, profile) + clockErrorMs - history.nowMs());
    // An identify that was overtaken may have been told only now: whoever was told of it is told of the leave, too.
    await this.untilHeardOrOverdue();
    this.#recordLastBytes();
    const [first] = ofKind(history.events, "fault-injected").filter(({ actor }) => !isSentinel(actor));
    const sinceMs = first?.atMs ?? history.nowMs();
    history.add({ kind: "waited-out", actor: "harness", waitedMs: history.nowMs() - sinceMs });
  }

  /** Asks the target to stop, and waits until it has and the actors' connections have ended. */
  async stopTarget(): Promise<void> {
    const { history, profile } = this.#around;
    const own = ownTargetOf(this.#around);
    history.add({ kind: "target-stopped", actor: "harness" });
    await own.stop();
    await history.until(
      (events) => sessionsOf(events).every(({ closed }) => closed !== undefined),
      patience * profile.deadlines.endedMs,
    );
  }

  /** Kills the target, as a crash would, and waits until the actors' connections have ended. */
  killTarget(): Promise<void> {
    return killTarget(this.#around);
  }

  /** Starts the target again, at the same address and with what it had stored, and waits until it is ready. */
  startTarget(): Promise<void> {
    return startTarget(this.#around);
  }

  /** Whether the target has a probe that can be asked. */
  get hasProbe(): boolean {
    return this.#around.profile.probe !== undefined;
  }

  /**
   * Asks the target's probe, and puts on record what it tells of this case.
   * @throws Error where it does not answer as the profile says
   */
  probe(): Promise<void> {
    return askProbe(this.#around, this.dataOf("probe"));
  }

  /** The same as soon as somebody hears that the actor has left, or half the time that a target may take is over. */
  async probeAtLeave(actor: Actor): Promise<void> {
    const { history, profile } = this.#around;
    const { graceMs, deadlines } = profile;
    const from = history.events.length;
    const told = () =>
      history.events
        .slice(from)
        .some((e) => e.kind === "notice" && e.event === "leave" && e.client === actor.client);
    if (await history.until(told, graceMs + patience * deadlines.endedMs)) await this.probe();
  }

  /** Every name that was given, and how many leaves of it are right: one for each session that may have borne it to its end. */
  sessionsByName(): Map<string, number> {
    const { history, profile } = this.#around;
    const sessions = sessionsOf(history.events);
    const counts = new Map(sessions.flatMap(({ identified }) => identified.map(({ client }) => [client, 0])));
    for (const client of sessions.flatMap((session) => namesAtEnd(session, history.events)))
      counts.set(client, (counts.get(client) ?? 0) + 1);
    if (profile.sessions === "each") return counts;
    return new Map(
      [...counts].map(([client, n]) => [client, n + replacementsOf(history.events, client).length]),
    );
  }

  /**
   * Where the target has closed a connection that should have stayed, and the scenario could not go on: shows whether the target
   * itself is still there, by a session that only connects.
   */
  async showLife(): Promise<void> {
    const { history } = this.#around;
    if (!sessionsOf(history.events).some(({ closedBy }) => closedBy === "target")) return;
    await this.connect(sentinelName((this.#sentinels += 1))).catch(() => undefined);
  }

  /** Frees everything, whatever state it is in. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const { history, claims } = this.#around;
    for (const session of sessionsOf(history.events))
      if (session.end === undefined && personOf(session) === undefined) claims.namelessEnds();
    await Promise.allSettled([...this.#actors, ...this.#apart].map((one) => one.dispose()));
  }

  /** The client data that stands for a name in this case. */
  dataOf(name: string): string {
    return `${name}-${this.#around.token}`;
  }

  #allHeard(): boolean {
    const { history, profile } = this.#around;
    const { events } = history;
    return [...expectedLeaves(events, profile), ...takenBackLeaves(events, profile)].every(
      ({ leave }) => leave !== undefined,
    );
  }

  /** Whoever asked for a receipt when leaving has it, or can get none any more. */
  #allAnswered(): boolean {
    const { events } = this.#around.history;
    return ofKind(events, "disconnect-sent").every(
      ({ actor, receipt, index }) =>
        !receipt ||
        events.some(
          (e) => e.actor === actor && e.index > index && (e.kind === "receipt" || e.kind === "closed"),
        ),
    );
  }

  #recordLastBytes(): void {
    const { history } = this.#around;
    for (const { actor, end } of sessionsOf(history.events)) {
      if (end?.ends !== "silently") continue;
      const forwardedAtMs =
        this.#lastOwnByteAtMs.get(actor) ??
        this.#actors.find(({ name }) => name === actor)?.proxy.lastForwardedAtMs;
      if (typeof forwardedAtMs === "number")
        history.add({ kind: "last-byte-forwarded", actor, forwardedAtMs });
    }
  }

  /**
   * A throwaway session that joins and leaves by the book. Who hears its leave would have heard any other.
   * @returns false where nobody heard of it at all
   */
  async #sendSentinel(subscribes: boolean): Promise<boolean> {
    const { history, profile } = this.#around;
    const sentinel = await this.connect(sentinelName((this.#sentinels += 1)));
    if (subscribes) await sentinel.subscribe();
    await this.identify(sentinel, sentinel.name);
    await this.inject(disconnect(sentinel));
    history.add({ kind: "sentinel-ended", actor: sentinel.name, client: sentinel.client ?? "" });
    const ears = sessionsOf(history.events).filter(listens);
    const ownIn = (events: readonly HistoryEvent[]) =>
      sessionsOf(events).findLast(({ actor }) => actor === sentinel.name);
    const own = ownIn(history.events);
    const { latestMs = 0 } = (own && windowOf(own, profile)) ?? {};
    const waitedMs = Math.max(
      patience * profile.deadlines.endedMs + profile.graceMs,
      patience * (latestMs - (own?.end?.atMs ?? 0)),
    );
    const isHeard = await history.until((events) => {
      const ended = ownIn(events);
      return (
        ended !== undefined && ears.every(({ actor }) => leaveOf(ended, actor, events, profile) !== undefined)
      );
    }, waitedMs);
    if (!isHeard)
      history.add({ kind: "waited-in-vain", actor: sentinel.name, awaited: "its own leave", waitedMs });
    return ofKind(history.events, "notice").some(({ client }) => client === sentinel.client);
  }
}

/**
 * Whether the connection was gone before the fault could touch it: it is closed, nothing was cut in the harness, and the fault
 * is no act of the client's own, or one after its end.
 */
const isGone = ({ actor, byProxy = false }: Fault, session: Session | undefined): boolean =>
  session !== undefined && !actor.isOpen && !actor.proxy.hasCut && (byProxy || session.end !== undefined);
