import { type HistoryEvent, ofKind } from "../history/events/events.ts";
import { lagMarginMs } from "../history/lateness.ts";
import { expectedLeaves, overtakenLeaves } from "../history/leaves/expected-leaves.ts";
import { leaveOf } from "../history/leaves/matching.ts";
import { sessionsOf, type Session } from "../history/sessions/sessions.ts";
import { isSentinel, sentinelName } from "../history/sessions/sentinels.ts";
import { listens } from "../history/sessions/observers.ts";
import { passedUnheard, quietFromMs } from "../history/sessions/quiet.ts";
import { visibleDeadlineMaxMs, windowOf } from "../history/sessions/windows.ts";
import { isSilentDrop } from "../profile/silent-drop.ts";
import { clockErrorMs } from "../util/clock-error.ts";
import type { Actors } from "./actors.ts";
import { resting, type CaseContext, type PlayedSentinel } from "./case-context.ts";
import { disconnect } from "./faults/disconnect.ts";
import { injectFault } from "./inject.ts";
import { LeaveDelays } from "./observers/leave-delays.ts";
import { patienceMs } from "./limits.ts";

/**
 * Time after the deadline of a silent drop until the stage stops waiting for its leave, in milliseconds: the harness's own
 * delay. A later leave has failed anyway, and a longer wait would only slow the test of a broken target down.
 */
const silentDropMarginMs = lagMarginMs;

/** Time by which the first wait for a missing sentinel is longer than others, in milliseconds: twice as long as others, or this. */
const longerMaxMs = 10_000;

/** Waits for leave notices, and observes long enough to tell a missing one from a late one. */
export class Settling {
  readonly #context: CaseContext;
  readonly #actors: Actors;
  readonly #delays: LeaveDelays;
  #sentinels = 0;

  constructor(context: CaseContext, actors: Actors) {
    this.#context = context;
    this.#actors = actors;
    const { history, profile, delays = new LeaveDelays() } = context;
    this.#delays = delays;
    history.onEvent((event) => delays.note(event, history.events, profile));
  }

  /** Waits until all due leaves were received, half the target's deadline at most. */
  async untilHeard(): Promise<void> {
    const { history, profile } = this.#context;
    const { graceMs, deadlines } = profile;
    await history.until(() => this.#allHeard(), graceMs + deadlines.endedMs / 2);
  }

  /**
   * Waits until each due leave has arrived or is overdue: see `patienceMs`, a silent drop once.
   * @returns true if each has arrived
   */
  untilHeardOrOverdue(): Promise<boolean> {
    return resting(this.#context, () => this.#untilHeardOrOverdue());
  }

  async #untilHeardOrOverdue(): Promise<boolean> {
    const { history, profile } = this.#context;
    const ended = sessionsOf(history.events).filter((s) => s.end !== undefined && !isSentinel(s.actor));
    const overdueMs = ended.map((session) => {
      const { latestMs = 0 } = windowOf(session, profile) ?? {};
      if (isSilentDrop(session.end?.fault ?? "")) return latestMs + silentDropMarginMs;
      const endMs = session.end?.atMs ?? 0;
      return endMs + patienceMs(latestMs - endMs);
    });
    return history.until(() => this.#allHeard(), Math.max(0, ...overdueMs) - history.nowMs());
  }

  /** Waits until no mechanism of the target can produce another notice. The caller starts and ends no client during this wait. */
  waitOut(): Promise<void> {
    return resting(this.#context, () => this.#waitOut());
  }

  async #waitOut(): Promise<void> {
    const { history, profile } = this.#context;
    this.#recordLastBytes();
    await this.#untilHeardOrOverdue();
    await history.until(() => this.#allAnswered(), patienceMs(profile.deadlines.endedMs));
    await history.until(
      (events) => passedUnheard(events).length === 0,
      patienceMs(visibleDeadlineMaxMs(profile)),
    );
    await history.until(() => false, quietFromMs(history.events, profile) + clockErrorMs - history.nowMs());
    // A held identify may be announced only now. Its leave is due to those who received the join.
    await this.#untilHeardOrOverdue();
    this.#recordLastBytes();
    const [first] = ofKind(history.events, "fault-injected").filter(({ actor }) => !isSentinel(actor));
    const sinceMs = first?.atMs ?? history.nowMs();
    history.add({ kind: "waited-out", actor: "harness", waitedMs: history.nowMs() - sinceMs });
  }

  /** Waits out, then sends a sentinel that shows who was listening. See `Stage.settle`. */
  settle(): Promise<void> {
    // A sentinel of the run is no client of this case. One of its own needs a place.
    return this.#context.shared === undefined ? this.#settle() : resting(this.#context, () => this.#settle());
  }

  async #settle(): Promise<void> {
    await this.waitOut();
    // If no observer received a notice of it, the target may announce only clients without a subscription.
    if (!(await this.#sendSentinel(true))) await this.#sendSentinel(false);
  }

  /**
   * Connects one more client if the target closed a session and the scenario could not go on. The history then shows
   * whether the target is still there.
   */
  async checkTarget(): Promise<void> {
    const { history } = this.#context;
    if (!sessionsOf(history.events).some(({ closedBy }) => closedBy === "target")) return;
    await this.#actors.connect(this.#nextSentinel()).catch(() => undefined);
  }

  #allHeard(): boolean {
    const { history, profile } = this.#context;
    const { events } = history;
    return [...expectedLeaves(events, profile), ...overtakenLeaves(events, profile)].every(
      ({ leave }) => leave !== undefined,
    );
  }

  /** Returns true if each DISCONNECT with a receipt has its RECEIPT, or its connection is closed. */
  #allAnswered(): boolean {
    const { events } = this.#context.history;
    return ofKind(events, "disconnect-sent").every(
      ({ actor, receipt, index }) =>
        !receipt ||
        events.some(
          (e) => e.actor === actor && e.index > index && (e.kind === "receipt" || e.kind === "closed"),
        ),
    );
  }

  /** Records the time of the last byte to the target for each session that ended silently. */
  #recordLastBytes(): void {
    const { history } = this.#context;
    for (const { actor: name, end } of sessionsOf(history.events)) {
      if (end?.ends !== "silently") continue;
      const actor = this.#actors.named(name);
      const forwardedAtMs = actor?.lastOwnByteAtMs ?? actor?.proxy.lastForwardedAtMs;
      if (typeof forwardedAtMs === "number")
        history.add({ kind: "last-byte-forwarded", actor: name, forwardedAtMs });
    }
  }

  #nextSentinel(): string {
    return sentinelName((this.#sentinels += 1));
  }

  /**
   * Plays a throwaway session that joins and leaves in order, or shares one with other cases. An observer that receives its leave would have received any
   * other leave.
   * @returns true if some observer received a notice of it, a join or a leave
   */
  async #sendSentinel(subscribes: boolean): Promise<boolean> {
    const { history, profile, shared } = this.#context;
    const sentinel = await (shared?.playSentinel(this.#context, subscribes) ??
      this.#playSentinel(subscribes));
    const { client } = sentinel;
    history.add({ kind: "sentinel-ended", actor: sentinel.name, client });
    // A shared observer may be lost meanwhile.
    const listenersIn = (events: readonly HistoryEvent[]) => sessionsOf(events).filter(listens);
    const ownIn = (events: readonly HistoryEvent[]) =>
      sessionsOf(events).findLast(({ actor }) => actor === sentinel.name);
    const own = ownIn(history.events);
    const { latestMs = 0 } = (own && windowOf(own, profile)) ?? {};
    const leastMs = Math.max(
      patienceMs(profile.deadlines.endedMs) + profile.graceMs,
      patienceMs(latestMs - (own?.end?.atMs ?? 0)),
    );
    const heardIn = (events: readonly HistoryEvent[]) => {
      const ended = ownIn(events);
      const listeners = listenersIn(events);
      const heard = listeners.filter(
        ({ actor }) => ended !== undefined && leaveOf(ended, actor, events, profile) !== undefined,
      );
      return { bySome: heard.length > 0, byAll: heard.length === listeners.length };
    };
    const { isHeard, waitedMs } = await resting(this.#context, () =>
      this.#untilHeardPatiently(heardIn, leastMs),
    );
    if (!isHeard) this.#giveUpDeaf(sentinel, listenersIn(history.events));
    if (!isHeard)
      history.add({ kind: "waited-in-vain", actor: sentinel.name, awaited: "its own leave", waitedMs });
    return ofKind(history.events, "notice").some((notice) => notice.client === client);
  }

  /**
   * Waits for a sentinel's leave, `leastMs` or as long as late leaves took so far, whichever is longer. The first one in the run
   * that no observer received is awaited for longer.
   * @param heardIn tells whether some or all observers received the leave
   */
  async #untilHeardPatiently(
    heardIn: (events: readonly HistoryEvent[]) => { readonly bySome: boolean; readonly byAll: boolean },
    leastMs: number,
  ): Promise<{ readonly isHeard: boolean; readonly waitedMs: number }> {
    const { history } = this.#context;
    const sinceMs = history.nowMs();
    const isHeard = (events: readonly HistoryEvent[]) => heardIn(events).byAll;
    const until = (waitedMs: number) =>
      history.until(isHeard, Math.max(0, sinceMs + waitedMs - history.nowMs()));
    const result = (heard: boolean) => ({ isHeard: heard, waitedMs: history.nowMs() - sinceMs });
    if (await until(leastMs)) return result(true);
    // Where one observer received it, it is not late: the others do not listen.
    if (heardIn(history.events).bySome) return result(false);
    await this.#delays.waitLongOnce(() => until(leastMs + Math.min(2 * leastMs, longerMaxMs)));
    // While one waits, others may show that leaves take still longer.
    for (let waitedMs = 0; waitedMs < this.#delays.patienceMs;) {
      waitedMs = this.#delays.patienceMs;
      if (await until(waitedMs)) return result(true);
    }
    return result(await until(0));
  }

  /** Gives up the shared observers that missed the leave of a sentinel that others received. */
  #giveUpDeaf({ name }: PlayedSentinel, listeners: readonly Session[]): void {
    const { history, profile, shared } = this.#context;
    const own = sessionsOf(history.events).findLast(({ actor }) => actor === name);
    if (shared === undefined || own === undefined) return;
    const isDeaf = ({ actor }: Session) => leaveOf(own, actor, history.events, profile) === undefined;
    const deaf = listeners.filter(isDeaf);
    if (deaf.length < listeners.length) for (const { actor } of deaf) shared.giveUp(actor, this.#context);
  }

  async #playSentinel(subscribes: boolean): Promise<PlayedSentinel> {
    const sentinel = await this.#actors.connect(this.#nextSentinel());
    if (subscribes) await sentinel.subscribe();
    await this.#actors.identify(sentinel, sentinel.name);
    await injectFault(disconnect(sentinel), this.#context);
    return { name: sentinel.name, client: sentinel.session.client ?? "" };
  }
}
