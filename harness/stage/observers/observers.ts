import type { JoinOptions } from "../actor/actor-options.ts";
import type { Actors } from "../actors.ts";
import { resting, type CaseContext } from "../case-context.ts";

/** Clients that listen while another one leaves. Cases share them; see `haveCommonTopic` for the exceptions. */
export class Observers {
  readonly #context: CaseContext;
  readonly #actors: Actors;

  constructor(context: CaseContext, actors: Actors) {
    this.#context = context;
    this.#actors = actors;
  }

  /**
   * Adds observers that listen before the leaver connects: carol and bob, or older observers of the run.
   * @param options of bob's join: he sends heartbeats if the leaver does. Without shared observers only
   */
  async join(options: JoinOptions = {}): Promise<void> {
    const { shared } = this.#context;
    if (shared !== undefined) return shared.attach(this.#context);
    await this.#actors.join("carol");
    await this.#actors.join("bob", options);
  }

  /**
   * Adds an observer that subscribes after the leaver: frank, or a younger one of the run. A broadcast loop that stops at the
   * leaver's dead session does not reach it.
   */
  async joinYounger(): Promise<void> {
    const { shared } = this.#context;
    // It begins at a fixed pace, and the case does nothing until then.
    if (shared !== undefined) return resting(this.#context, () => shared.attachYounger(this.#context));
    await this.#actors.join("frank");
  }

  dispose(): void {
    this.#context.shared?.detach(this.#context);
  }
}
