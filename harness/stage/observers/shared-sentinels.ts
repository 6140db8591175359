import { setTimeout } from "node:timers/promises";
import type { HistoryEvent } from "../../history/events/events.ts";
import { sentinelName } from "../../history/sessions/sentinels.ts";
import { messageOf } from "../../util/words.ts";
import { Actors } from "../actors.ts";
import type { CaseContext, PlayedSentinel } from "../case-context.ts";
import { disconnect } from "../faults/disconnect.ts";
import { injectFault } from "../inject.ts";
import { isKnownByJoin, untilKnown } from "../until-known.ts";
import { copyTo } from "./shared-clock.ts";

/** Shortest time between the begins of two sentinels, in milliseconds. Cases that ask meanwhile share the next one. */
const everyMs = 100;

/** A scheduled sentinel, and the cases that wait for it. */
interface Batch {
  readonly cases: Set<CaseContext>;
  readonly played: Promise<PlayedSentinel>;
}

/** Sentinels that cases share. A case records every event of its sentinel. The sentinel starts after the case asked. */
export class SharedSentinels {
  readonly #run: CaseContext;
  readonly #next = new Map<boolean, Batch>();
  /** The actors of each sentinel, with the cases that record it. */
  readonly #open = new Map<Actors, Set<CaseContext>>();
  readonly #onConnected: (tookMs: number) => void;
  #count = 0;
  #freeAtMs = 0;

  /** @param onConnected takes the time until the target has connected a sentinel, in milliseconds */
  constructor(run: CaseContext, onConnected: (tookMs: number) => void) {
    this.#run = run;
    this.#onConnected = onConnected;
  }

  /**
   * Plays a sentinel that begins after this call: it joins and leaves by DISCONNECT.
   * @param subscribes whether it subscribes; some targets announce only clients that do, others only those that do not
   * @throws Error if the target does not let it in; each case then has the event `observer-lost`
   */
  play(context: CaseContext, subscribes: boolean): Promise<PlayedSentinel> {
    const waiting = this.#next.get(subscribes);
    if (waiting !== undefined) {
      waiting.cases.add(context);
      return waiting.played;
    }
    const cases = new Set([context]);
    const played = this.#playFor(cases, subscribes);
    this.#next.set(subscribes, { cases, played });
    return played;
  }

  async #playFor(cases: Set<CaseContext>, subscribes: boolean): Promise<PlayedSentinel> {
    const nowMs = this.#run.history.nowMs();
    const atMs = Math.max(nowMs, this.#freeAtMs);
    this.#freeAtMs = atMs + everyMs;
    await setTimeout(atMs - nowMs);
    this.#next.delete(subscribes);
    const history = this.#run.history.apart();
    const context = { ...this.#run, history };
    const actors = new Actors(context);
    const name = sentinelName(`run-${(this.#count += 1)}`);
    this.#open.set(actors, cases);
    history.onEvent((event) => {
      for (const member of cases) record(event, member, history);
    });
    try {
      const beganMs = history.nowMs();
      const sentinel = await actors.connect(name);
      this.#onConnected(history.nowMs() - beganMs);
      if (subscribes) await sentinel.subscribe();
      await actors.identify(sentinel, name);
      // It leaves as an ordinary client does: when one of the cases knows of it, or all have ended.
      if (isKnownByJoin(this.#run.profile))
        await Promise.any([...cases].map((one) => untilKnown(sentinel, one))).catch(() => undefined);
      await injectFault(disconnect(sentinel), context);
      return { name, client: sentinel.session.client ?? "" };
    } catch (error) {
      for (const { history: own } of cases)
        own.add({ kind: "observer-lost", actor: name, reason: messageOf(error) });
      throw error;
    } finally {
      this.#free();
    }
  }

  /** Records nothing more for a case. A sentinel without cases is freed. */
  detach(context: CaseContext): void {
    for (const { cases } of this.#next.values()) cases.delete(context);
    for (const cases of this.#open.values()) cases.delete(context);
    this.#free();
  }

  #free(): void {
    for (const [actors, cases] of this.#open) {
      if (cases.size > 0) continue;
      this.#open.delete(actors);
      void actors.dispose();
    }
  }

  async dispose(): Promise<void> {
    for (const cases of this.#open.values()) cases.clear();
    await Promise.allSettled([...this.#open.keys()].map((actors) => actors.dispose()));
  }
}

/** Records a sentinel's event for a case. Its name is known before the target can announce it. */
function record(
  event: HistoryEvent,
  { history, adopted }: CaseContext,
  source: CaseContext["history"],
): void {
  if (event.kind === "identify-sent") adopted?.add(event.client);
  copyTo(history, event, source);
}
