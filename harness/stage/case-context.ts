import type { RunBrowser } from "../clients/browser.ts";
import type { History } from "../history/history.ts";
import type { Profile } from "../profile/profile.ts";
import type { NoticeSink } from "./actor/notice-sink.ts";
import type { LeaveDelays } from "./observers/leave-delays.ts";
import type { NoticeOwners } from "./notice-owners.ts";
import type { SetupRequests } from "./setup-requests.ts";
import type { TargetInstance } from "./target-instance.ts";

/** A sentinel that has left. */
export interface PlayedSentinel {
  readonly name: string;
  readonly client: string;
}

/** Observers and sentinels of the run, as a case uses them; see `SharedObservers`. */
export interface SharedClients {
  readonly attach: (context: CaseContext) => Promise<void>;
  readonly attachYounger: (context: CaseContext) => Promise<void>;
  readonly detach: (context: CaseContext) => void;
  readonly giveUp: (observer: string, context: CaseContext) => void;
  readonly playSentinel: (context: CaseContext, subscribes: boolean) => Promise<PlayedSentinel>;
}

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
  /** Observers of the whole run that this case shares with others. Undefined if it has observers of its own. */
  readonly shared?: SharedClients | undefined;
  /** Client data of the run's sentinels that were played for this case. */
  readonly adopted?: Set<string>;
  /** Delays of late leaves in the run. Undefined in a case by itself. */
  readonly delays?: LeaveDelays;
  /** Carries out a wait, while which another case may act. */
  readonly rest?: <T>(wait: () => Promise<T>) => Promise<T>;
  /** Takes the messages of the clients in place of the history. */
  readonly noticeSink?: NoticeSink;
  /** Files of the page for tab actors, by address. */
  readonly pageFiles: Readonly<Record<string, string>>;
}

/** Carries out a wait in which the case neither starts nor ends a client, so that another case may act meanwhile. */
export const resting = <T>({ rest }: Pick<CaseContext, "rest">, wait: () => Promise<T>): Promise<T> =>
  rest === undefined ? wait() : rest(wait);

/** Client data for a name within a case. */
export const clientOf = (name: string, { token }: Pick<CaseContext, "token">): string => `${name}-${token}`;
