import type { Driver } from "../../clients/driver.ts";
import type { ClientCommand } from "../../clients/protocol.ts";
import type { History } from "../../history/history.ts";
import type { SessionView } from "./session-view.ts";

/** Time until the end of a connection is on record after a client knows of it, in milliseconds. */
const recordingLimitMs = 250;

/** Waits for the target, and stops waiting as soon as the session is lost. */
export class SessionGuard {
  readonly #session: SessionView;
  readonly #history: History;

  constructor(session: SessionView, history: History) {
    this.#session = session;
    this.#history = history;
  }

  /**
   * Waits for an answer of the target.
   * @returns whether it came within `limitMs`
   * @throws Error if the session ends meanwhile, unless the harness ended it
   */
  async until(came: () => boolean, limitMs: number): Promise<boolean> {
    await this.#history.until(() => came() || this.#session.loss !== undefined, limitMs);
    if (came()) return true;
    this.#session.assertAlive();
    return false;
  }

  /**
   * Has a client carry out a command.
   * @throws Error that says who ended the session, if it is over and the harness did not end it
   */
  async do(driver: Driver, command: ClientCommand): Promise<void> {
    this.#session.assertAlive();
    try {
      await driver.do(command);
    } catch (error) {
      // A client may know of the end before it is on record.
      await this.#history.until(() => this.#session.loss !== undefined, recordingLimitMs);
      this.#session.assertAlive();
      throw error;
    }
  }
}
