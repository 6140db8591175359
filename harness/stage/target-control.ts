import { sessionsOf } from "../history/sessions/sessions.ts";
import { killTargetCause, stopTargetCause, type FaultName } from "../profile/causes.ts";
import { witnessLimitMs } from "../util/limits.ts";
import type { Actor } from "./actor.ts";
import { clientOf, type CaseContext } from "./case-context.ts";
import { patienceMs } from "./limits.ts";
import { askProbe } from "./probe.ts";
import type { TargetInstance } from "./target-instance.ts";

/** Stops, kills, starts and probes the target. */
export class TargetControl {
  readonly #context: CaseContext;

  constructor(context: CaseContext) {
    this.#context = context;
  }

  /** Asks the target to stop, and waits until it has stopped and the actors' connections have ended. */
  async stop(): Promise<void> {
    const { history, profile } = this.#context;
    const instance = this.#instance;
    history.add({ kind: "target-stopped", actor: "harness" });
    await this.#endSessions(stopTargetCause, () => instance.stop(), patienceMs(profile.deadlines.endedMs));
  }

  /** Kills the target, as a crash would, and waits until the actors' connections have ended. */
  async kill(): Promise<void> {
    const instance = this.#instance;
    await this.#endSessions(killTargetCause, () => instance.kill(), witnessLimitMs);
  }

  /**
   * Ends the target and the open sessions with it. Each of them gets a fault. Its witness is the close of the actor's transport,
   * because the harness itself closes none.
   */
  async #endSessions(fault: FaultName, end: () => Promise<void>, limitMs: number): Promise<void> {
    const { history } = this.#context;
    const open = sessionsOf(history.events).filter((s) => s.end === undefined && s.closed === undefined);
    for (const { actor } of open) history.add({ kind: "fault-injected", actor, fault, ends: "with-target" });
    await end();
    const now = () =>
      sessionsOf(history.events).filter(({ opened }) => open.some((s) => s.opened.index === opened.index));
    await history.until(() => now().every(({ closed }) => closed !== undefined), limitMs);
    for (const { actor, closed } of now()) {
      if (closed === undefined) continue;
      const witness = "the target's processes were gone, and the actor saw its transport closed";
      history.add({ kind: "fault-witnessed", actor, fault, witness, effectAtMs: closed.atMs });
    }
  }

  /** Starts the target again, at the same address and with its stored data, and waits until it is ready. */
  async start(): Promise<void> {
    await this.#instance.start();
    this.#context.setupRequests.forget();
    this.#context.history.add({ kind: "target-started", actor: "harness" });
  }

  /** True if the profile describes a probe. */
  get hasProbe(): boolean {
    return this.#context.profile.probe !== undefined;
  }

  /**
   * Sends a request to the target's probe, and records the part of the answer that concerns this case.
   * @throws Error if the answer differs from the profile
   */
  probe(): Promise<void> {
    return askProbe(this.#context, clientOf("probe", this.#context));
  }

  /** Waits until an observer receives the actor's leave, then probes. Does not probe after a timeout. */
  async probeAtLeave(actor: Actor): Promise<void> {
    const { history, profile } = this.#context;
    const { graceMs, deadlines } = profile;
    const from = history.events.length;
    const hasLeft = () =>
      history.events
        .slice(from)
        .some((e) => e.kind === "notice" && e.event === "leave" && e.client === actor.session.client);
    if (await history.until(hasLeft, graceMs + patienceMs(deadlines.endedMs))) await this.probe();
  }

  get #instance(): TargetInstance {
    const { instance } = this.#context;
    if (instance === undefined) throw new Error('the target is not this case\'s own; it needs "own-target"');
    return instance;
  }
}
