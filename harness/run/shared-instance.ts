import { Admission } from "../stage/setup-requests.ts";
import type { OwnTarget } from "../stage/target-instance.ts";
import type { Profile } from "../profile/profile.ts";

/** Where the cases of a quiet room go. */
export interface Room {
  readonly target: URL;
  readonly admission: Admission;
}

/**
 * An instance of the target that the cases share which need quiet around them: what other cases send would wake a server up
 * that looks at its timers only when something arrives. It starts when the first of them comes.
 */
export class QuietRoom {
  readonly #start: () => Promise<OwnTarget>;
  readonly #profile: Profile;
  #own: Promise<OwnTarget> | undefined;
  #room: Promise<Room> | undefined;

  constructor(start: () => Promise<OwnTarget>, profile: Profile) {
    this.#start = start;
    this.#profile = profile;
  }

  /** Rejects where the instance can't be started. */
  enter(): Promise<Room> {
    this.#own ??= this.#start();
    this.#room ??= this.#own.then(({ url }) => ({
      target: url,
      admission: new Admission(this.#profile, url),
    }));
    return this.#room;
  }

  async dispose(): Promise<void> {
    const own = await this.#own?.catch(() => undefined);
    await own?.dispose();
  }
}
