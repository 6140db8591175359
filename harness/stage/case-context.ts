import type { Admission } from "./setup-requests.ts";
import type { RunBrowser } from "../clients/browser.ts";
import type { Claims } from "./notice-owners.ts";
import type { History } from "../history/history.ts";
import type { OwnTarget } from "./target-instance.ts";
import type { Profile } from "../profile/profile.ts";

/** What all that acts in one attempt at a case shares. */
export interface Surroundings {
  /** Unlike any other attempt's, also in later runs: its client data holds it, and its notices are claimed by it. */
  readonly token: string;
  readonly history: History;
  readonly profile: Profile;
  readonly target: URL;
  /** The same, where it is this case's alone. */
  readonly ownTarget: OwnTarget | undefined;
  readonly claims: Claims;
  readonly admission: Admission;
  readonly browser: RunBrowser | undefined;
  readonly pageFiles: Readonly<Record<string, string>>;
}
