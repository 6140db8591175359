import type { Driver } from "../clients/driver.ts";
import type { ClientCommand } from "../clients/protocol.ts";
import { lossOf } from "../history/closing.ts";
import type { History } from "../history/history.ts";

/** How long it may take until the end of a connection is on record, in milliseconds. */
const toldLimitMs = 250;

/** Whether an actor's present session is still there. What waits for the target waits no longer than that. */
export class Presence {
  readonly #actor: string;
  readonly #history: History;
  /** The index from which on events are the present session's. */
  readonly #since: () => number;

  constructor(actor: string, history: History, since: () => number) {
    this.#actor = actor;
    this.#history = history;
    this.#since = since;
  }

  /** Who ended the session, when and how, where the harness did not; undefined while it is there. */
  get loss(): string | undefined {
    return lossOf(this.#actor, this.#history.events, this.#since());
  }

  /** @throws Error that says who ended the session, where the harness did not */
  assert(): void {
    const { loss } = this;
    if (loss !== undefined) throw new Error(loss);
  }

  /**
   * Waits for what comes as an answer of the target.
   * @returns whether it came in that time
   * @throws Error when the session ends meanwhile, and the harness did not end it
   */
  async until(came: () => boolean, limitMs: number): Promise<boolean> {
    await this.#history.until(() => came() || this.loss !== undefined, limitMs);
    if (came()) return true;
    this.assert();
    return false;
  }

  /**
   * Has a client carry out a command.
   * @throws Error that says who ended the session, where that is over and the harness did not end it
   */
  async do(driver: Driver, command: ClientCommand): Promise<void> {
    this.assert();
    try {
      await driver.do(command);
    } catch (error) {
      // A client may know of the end before that is on record.
      await this.#history.until(() => this.loss !== undefined, toldLimitMs);
      this.assert();
      throw error;
    }
  }
}
