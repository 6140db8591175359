import { setTimeout } from "node:timers/promises";
import type { HistoryEvent } from "../../history/events/events.ts";
import { sentinelName } from "../../history/sessions/sentinels.ts";
import { Actors } from "../actors.ts";
import type { CaseContext } from "../case-context.ts";
import { disconnect } from "../faults/disconnect.ts";
import { injectFault } from "../inject.ts";
import { isKnownByJoin, untilKnown } from "../until-known.ts";
import { copyTo } from "./shared-clock.ts";

/** Shortest time between the begins of two sentinels, in milliseconds. Cases that ask meanwhile share the next one. */
const everyMs = 100;

/** A sentinel that has left. */
export interface PlayedSentinel {
  readonly name: string;
  readonly client: string;
}

/** A sentinel before its begin, with the cases that share it. */
interface Batch {
  readonly cases: CaseContext[];
  readonly played: Promise<PlayedSentinel>;
}

/** Sentinels that cases of a run share. Each case records all events of a sentinel that began after it asked for one. */
export class SharedSentinels {
  readonly #run: CaseContext;
  readonly #next = new Map<boolean, Batch>();
  readonly #open = new Set<Actors>();
  /** Cases that still record the events of each sentinel. */
  readonly #recording = new Map<Actors, Set<CaseContext>>();
  #count = 0;
  #freeAtMs = 0;

  readonly #onAnswers: (tookMs: number) => void;

  /** @param onAnswers takes the time until the target has connected a sentinel, in milliseconds */
  constructor(run: CaseContext, onAnswers: (tookMs: number) => void) {
    this.#run = run;
    this.#onAnswers = onAnswers;
  }

  /**
   * Plays a sentinel that begins after this call: it joins and leaves by DISCONNECT.
   * @param subscribes whether it subscribes; some targets announce only clients that do, others only those that do not
   * @throws Error if the target does not let it in
   */
  play(context: CaseContext, subscribes: boolean): Promise<PlayedSentinel> {
    const waiting = this.#next.get(subscribes);
    if (waiting !== undefined) {
      waiting.cases.push(context);
      return waiting.played;
    }
    const cases = [context];
    const played = this.#playFor(cases, subscribes);
    this.#next.set(subscribes, { cases, played });
    return played;
  }

  async #playFor(cases: CaseContext[], subscribes: boolean): Promise<PlayedSentinel> {
    const nowMs = this.#run.history.nowMs();
    const atMs = Math.max(nowMs, this.#freeAtMs);
    this.#freeAtMs = atMs + everyMs;
    await setTimeout(atMs - nowMs);
    this.#next.delete(subscribes);
    const history = this.#run.history.apart();
    const context = { ...this.#run, history };
    const actors = new Actors(context);
    const recording = new Set(cases);
    this.#recording.set(actors, recording);
    this.#open.add(actors);
    const beganMs = history.nowMs();
    const name = sentinelName(`run-${(this.#count += 1)}`);
    history.onEvent((event) => {
      for (const member of recording) record(event, member, history);
    });
    const sentinel = await actors.connect(name);
    this.#onAnswers(history.nowMs() - beganMs);
    if (subscribes) await sentinel.subscribe();
    await actors.identify(sentinel, name);
    // It leaves as an ordinary client does: when others know of it. A case that has ended meanwhile stops the wait.
    if (isKnownByJoin(this.#run.profile))
      await Promise.any(cases.map((one) => untilKnown(sentinel, one))).catch(() => undefined);
    await injectFault(disconnect(sentinel), context);
    return { name, client: sentinel.session.client ?? "" };
  }

  /** Records nothing more for a case. A sentinel without cases is freed. */
  detach(context: CaseContext): void {
    for (const [actors, cases] of this.#recording) {
      if (!cases.delete(context) || cases.size > 0) continue;
      this.#recording.delete(actors);
      this.#open.delete(actors);
      void actors.dispose();
    }
  }

  async dispose(): Promise<void> {
    await Promise.allSettled([...this.#open].map((actors) => actors.dispose()));
  }
}

/** Records a sentinel's event for a case. Its name is known before the target can announce it. */
function record(event: HistoryEvent, { history, adopted }: CaseContext, of: CaseContext["history"]): void {
  if (event.kind === "identify-sent") adopted?.add(event.client);
  copyTo(history, event, of);
}
