import type { RunBrowser } from "../clients/browser.ts";
import type { History } from "../history/history.ts";
import type { Profile } from "../profile/profile.ts";
import type { NoticeOwners } from "./notice-owners.ts";
import type { SetupRequests } from "./setup-requests.ts";
import type { TargetInstance } from "./target-instance.ts";

/** Objects that all actors of one attempt at a case share. */
export interface CaseContext {
  /** Unique among all attempts of all runs. The case's client data contains it, so its notices can be recognised. */
  readonly token: string;
  readonly history: History;
  readonly profile: Profile;
  readonly target: URL;
  /** The target, if it serves this case alone. */
  readonly instance: TargetInstance | undefined;
  readonly owners: NoticeOwners;
  readonly setupRequests: SetupRequests;
  readonly browser: RunBrowser | undefined;
  /** Files of the page for tab actors, by address. */
  readonly pageFiles: Readonly<Record<string, string>>;
}

/** Client data for a name within a case. */
export const clientOf = (name: string, { token }: Pick<CaseContext, "token">): string => `${name}-${token}`;
