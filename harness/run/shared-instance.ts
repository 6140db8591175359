import { SetupRequests } from "../stage/setup-requests.ts";
import type { TargetInstance } from "../stage/target-instance.ts";
import type { Profile } from "../profile/profile.ts";

/** Address and setup requests of a shared instance. */
export interface InstanceAccess {
  readonly target: URL;
  readonly setupRequests: SetupRequests;
}

/**
 * Instance of the target for the cases that need quiet. Messages of other cases would wake a server that checks its timers
 * only when something arrives. The first such case starts the instance.
 */
export class SharedInstance {
  readonly #start: () => Promise<TargetInstance>;
  readonly #profile: Profile;
  #instance: Promise<TargetInstance> | undefined;
  #access: Promise<InstanceAccess> | undefined;

  constructor(start: () => Promise<TargetInstance>, profile: Profile) {
    this.#start = start;
    this.#profile = profile;
  }

  /** Starts the instance if necessary. Rejects if it can't be started. */
  access(): Promise<InstanceAccess> {
    this.#instance ??= this.#start();
    this.#access ??= this.#instance.then(({ url }) => ({
      target: url,
      setupRequests: new SetupRequests(this.#profile, url),
    }));
    return this.#access;
  }

  async dispose(): Promise<void> {
    const instance = await this.#instance?.catch(() => undefined);
    await instance?.dispose();
  }
}
