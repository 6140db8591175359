import type { EventOf } from "../../history/events/events.ts";
import type { Attempt } from "../../judge/attempts/judged-attempt.ts";
import { countOf, duration, listed } from "../../util/words.ts";
import { withEvents } from "../with-events.ts";
import type { TargetLoss } from "./target-watch.ts";

/** Maximum number of losses, and of those that no case repeats. The run ends with the last of them. */
const lossesMax = 20;
const unexplainedMax = 6;

/** The losses of a run's target, for its notes and its findings. */
export class DeathLog {
  readonly #startedMs = performance.now();
  readonly #verb: "died" | "was gone";
  readonly #killers: string[] = [];
  readonly #others: string[] = [];
  readonly #findings: Omit<EventOf<"target-died">, "index" | "atMs">[] = [];

  /** @param isSeen true if hangup sees the target's process */
  constructor(isSeen: boolean) {
    this.#verb = isSeen ? "died" : "was gone";
  }

  /** Notes a death in a case that kills the target. */
  addKiller(id: string): void {
    this.#killers.push(id);
  }

  /** Notes a death that no case repeats. `search` completes the sentence "Search: …". */
  addUnexplained(loss: TargetLoss, search: string): void {
    const { end, lastLines } = loss.exit;
    const suspects = loss.suspects.map(({ one }) => one.id);
    this.#findings.push({
      ...{ kind: "target-died", actor: "harness", end, lastLines: [...lastLines] },
      ...{ suspects, search },
    });
    this.#others.push(`${this.sentence(loss)} Search: ${search}.`);
  }

  /** Notes a target that came back by itself. */
  addAbsence(loss: TargetLoss, awayMs: number): void {
    this.#others.push(
      `${this.sentence(loss)} It was back after ${duration(awayMs)}, and these cases were run again.`,
    );
  }

  /** Sentence about a target that was lost too often; undefined below the limits. */
  get tooMany(): string | undefined {
    const losses = this.#killers.length + this.#others.length;
    return losses >= lossesMax || this.#others.length >= unexplainedMax
      ? `The target ${this.#verb} ${countOf(losses, "time")}.`
      : undefined;
  }

  /** Sentences for the notes of the run. */
  get remarks(): string[] {
    if (this.#killers.length === 0) return this.#others;
    const often = countOf(this.#killers.length, "case");
    return [`The target died in ${often}: ${listed(this.#killers)}.`, ...this.#others];
  }

  /** True if some death belongs to no case. */
  get hasFindings(): boolean {
    return this.#findings.length > 0;
  }

  /** Returns what happened, when, and which cases ran then. */
  sentence(loss: TargetLoss): string {
    const { atMs, exit, suspects } = loss;
    const at = new Date(Date.now() - (performance.now() - atMs)).toISOString().slice(11, 19);
    const afterMs = duration(atMs - this.#startedMs);
    const ran = listed(suspects.map(({ one }) => one.id));
    return `The target ${this.#verb} ${afterMs} after the first case began, at ${at} UTC (${exit.end}), while ${ran} ran.`;
  }

  /** Returns attempts with the deaths that belong to no case: in the last attempt, or in an empty one. */
  withFindings(attempts: readonly Attempt[]): Attempt[] {
    return withEvents(attempts, this.#findings);
  }
}
