import type { Profile } from "../profile/profile.ts";
import type { Template } from "../profile/template.ts";

export interface Notice {
  readonly event: "join" | "leave";
  /** Name in the notice; null when the notice names nobody. */
  readonly client: string | null;
  readonly cause: string | null;
}

export type NoticePatterns = Profile["notice"];

/** Stand-in name for notices without a name. */
export const somebody = "somebody";

/** Kind of notice that a profile describes. A new kind is one object of this type beside its schema in the profile. */
export interface NoticeKind {
  /** All notices look alike. Nobody can tell whose session they are about. */
  readonly namesNobody: boolean;
  /** A join is announced, too. */
  readonly tellsJoins: boolean;
  /** A repeated notice means another leave. */
  readonly countsNotices: boolean;
  /** Each leave gets a notice of its own. A list shows no leave that a join undoes before the next list. */
  readonly tellsEachLeave: boolean;
  /** Names are JSON values, so that any text can be a name. */
  readonly namesInJson: boolean;
  /** Topics of the notices; undefined stands for the profile's own `topic`. */
  readonly topics: readonly (Template | undefined)[];
  /** Makes a reader for the messages of one subscriber. `topicOf` fills in a topic. */
  readonly reader: (topicOf: (own: Template | undefined) => string) => ReadNotices;
}

/** Returns the notices in a message, or undefined for a message that is none. */
export type ReadNotices = (content: unknown, body: string, destination: string) => Notice[] | undefined;
