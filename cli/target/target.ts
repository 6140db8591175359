import type { Profile } from "../../harness/profile/profile.ts";
import type { TargetProcess } from "../../harness/run/death/target-process.ts";
import type { TargetInstance } from "../../harness/stage/target-instance.ts";

/** Server that a command tests, once it runs. */
export interface RunTarget {
  readonly profile: Profile;
  readonly url: URL;
  readonly stop: () => Promise<void>;
  /** Its process, if hangup started it. */
  readonly process?: TargetProcess;
  /** True for the reference server that hangup started. */
  readonly isReference?: boolean;
  /** Starts another instance for one case; undefined if hangup does not know how. */
  readonly startOwn?: () => Promise<TargetInstance>;
}
