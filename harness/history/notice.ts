import type { Profile } from "../profile/profile.ts";
import { fill, namesIn, type Template, type Values } from "../profile/template.ts";
import { jsonOrUndefined } from "../util/json.ts";
import { eventNotices } from "./event-notices.ts";
import type { Notice, NoticeKind, NoticePatterns, ReadNotices } from "./notice-kind.ts";
import { rosterNotices } from "./roster-notices.ts";

/** Returns the kind of notice that a profile describes. */
const kindOf = (patterns: NoticePatterns): NoticeKind =>
  patterns.roster === undefined ? eventNotices(patterns) : rosterNotices(patterns.roster);

/** Returns true if all notices look alike. They do not show whose session ended. */
export const namesNobody = (patterns: NoticePatterns): boolean => kindOf(patterns).namesNobody;

/** Returns true if joins are announced. */
export const tellsJoins = (patterns: NoticePatterns): boolean => kindOf(patterns).tellsJoins;

/** Returns true if a repeated notice means another leave. */
export const countsNotices = (patterns: NoticePatterns): boolean => kindOf(patterns).countsNotices;

/** Returns true if each leave gets a notice of its own. */
export const tellsEachLeave = (patterns: NoticePatterns): boolean => kindOf(patterns).tellsEachLeave;

/** Returns true if notices hold names as JSON values. */
export const namesInJson = (patterns: NoticePatterns): boolean => kindOf(patterns).namesInJson;

/** Returns true if notices name the transport's session. A session that never identified has such a name, too. */
export const namesSession = ({ names }: NoticePatterns): boolean => namesIn(names).includes("sessionId");

/** Placeholders that programs print for a missing name, with or without punctuation round it. */
const noName = /^[^\p{L}\p{N}]*(null|undefined|none|nil|nan|object object)?[^\p{L}\p{N}]*$/iu;

/** Returns true for a notice's name that no person can bear. */
export const isNoName = (client: string | null): boolean => client === null || noName.test(client);

/** Returns the name by which notices call a client with these values. */
export const nameOf = ({ notice }: Pick<Profile, "notice">, values: Values): string =>
  fill(notice.names, values);

/** Returns the templates of all destinations on which notices arrive. */
export const topicTemplatesOf = ({ topic, notice }: Pick<Profile, "notice" | "topic">): Template[] =>
  kindOf(notice).topics.map((own) => own ?? topic);

/** Returns all destinations on which notices arrive, filled in. */
export const topicsOf = (profile: Profile, values: Values): string[] => [
  ...new Set(topicTemplatesOf(profile).map((template) => fill(template, values))),
];

/** Reads the notices among one subscriber's messages. */
export class NoticeReader {
  readonly #read: ReadNotices;

  /** @param values fill the topics' templates */
  constructor({ notice, topic }: Pick<Profile, "notice" | "topic">, values: Values) {
    this.#read = kindOf(notice).reader((own) => fill(own ?? topic, values));
  }

  /**
   * Reads a message as the profile describes notices.
   * @param destination destination of the subscription
   * @returns undefined for a message that is no notice
   */
  read(body: string, destination: string): Notice[] | undefined {
    return this.#read(jsonOrUndefined(body), body, destination);
  }
}
