import type { JoinOptions } from "../actor/actor-options.ts";
import type { Actors } from "../actors.ts";
import type { CaseContext } from "../case-context.ts";

/** The clients that listen to a case while another one leaves. They are the run's, or where that is impossible the case's own. */
export class Observers {
  readonly #context: CaseContext;
  readonly #actors: Actors;

  constructor(context: CaseContext, actors: Actors) {
    this.#context = context;
    this.#actors = actors;
  }

  /**
   * Adds observers that listen before the leaver connects: carol and bob, or older observers of the run.
   * @param options of bob's join; he sends heartbeats if the leaver does
   */
  async join(options: JoinOptions = {}): Promise<void> {
    const { shared } = this.#context;
    if (shared !== undefined) return shared.attach(this.#context);
    await this.#actors.join("carol");
    await this.#actors.join("bob", options);
  }

  /**
   * Adds an observer that subscribes after the leaver: frank, or a younger one of the run. A server that stops at the leaver when
   * it goes through its sessions never reaches it.
   */
  async joinYounger(): Promise<void> {
    const { shared } = this.#context;
    if (shared !== undefined) return shared.attachYounger(this.#context);
    await this.#actors.join("frank");
  }

  dispose(): void {
    this.#context.shared?.detach(this.#context);
  }
}
