import { at, jsonOrUndefined } from "../util/json.ts";
import type { Profile } from "../profile/profile.ts";
import { namesWhom, type ReadText } from "../profile/telling.ts";
import { fill, namesIn, type Template, type Values } from "../profile/template.ts";

export interface Notice {
  readonly event: "join" | "leave";
  /** The name in the notice; null when it has none. */
  readonly client: string | null;
  readonly cause: string | null;
}

type NoticePatterns = Profile["notice"];
type NoticePattern = NonNullable<NoticePatterns["leave"]>;

/** The name of every client where the target's notices contain no names. */
export const somebody = "somebody";

/** Returns true where the target's notices contain no names. */
export const namesNobody = ({ leave, roster }: NoticePatterns): boolean =>
  roster === undefined && (leave === undefined || !namesWhom(leave));

/** Matches the words that programs print for a missing name, with or without punctuation. */
const noName = /^[^\p{L}\p{N}]*(null|undefined|none|nil|nan|object object)?[^\p{L}\p{N}]*$/iu;

/** Returns true where a notice's name is missing, or is a program's word for a missing name. */
export const isNoName = (client: string | null): boolean => client === null || noName.test(client);

/** Returns true where notices contain the transport's session id. A session that never identified has one, too. */
export const namesSession = ({ names }: NoticePatterns): boolean => namesIn(names).includes("sessionId");

/** Returns true where the profile describes joins. */
export const tellsJoins = ({ join, roster }: NoticePatterns): boolean => (join ?? roster) !== undefined;

/** Returns true where a repeated notice means another leave. A roster shows only the clients that are present. */
export const countsNotices = ({ roster, repeats }: NoticePatterns): boolean =>
  roster === undefined && !repeats;

/** Returns the name of a client with these values in notices. */
export const nameOf = ({ notice }: Pick<Profile, "notice">, values: Values): string =>
  fill(notice.names, values);

/** Returns every destination of the profile's notices, filled in. */
export function topicsOf({ topic, notice: { join, leave, roster } }: Profile, values: Values): string[] {
  const described = [join, leave, roster].filter((one) => one !== undefined);
  return [...new Set(described.map((one) => fill(one.topic ?? topic, values)))];
}

/** Reads the notices of one client, message by message. */
export class NoticeReader {
  readonly #patterns: NoticePatterns;
  readonly #topicOf: (own: Template | undefined) => string;
  readonly #readText: Readonly<Record<"join" | "leave", ReadText | undefined>>;
  /** Number of entries with each name on the last roster. */
  #listed = new Map<string, number>();

  /** `values` fill the templates of the topics. */
  constructor({ notice, topic }: Pick<Profile, "notice" | "topic">, values: Values) {
    this.#patterns = notice;
    this.#topicOf = (own) => fill(own ?? topic, values);
    this.#readText = { join: readerOf(notice.join), leave: readerOf(notice.leave) };
  }

  /**
   * Reads a message as the profile describes notices. A roster gives the joins and leaves since the last one.
   * @param destination the destination of the subscription
   * @returns undefined for a message that is no notice
   */
  read(body: string, destination: string): Notice[] | undefined {
    const content = jsonOrUndefined(body);
    const { roster } = this.#patterns;
    if (roster === undefined) return this.#readEvent(content, body, destination);
    const names = this.#topicOf(roster.topic) === destination ? namesOn(content, roster) : undefined;
    return names === undefined ? undefined : this.#changes(names);
  }

  #readEvent(content: unknown, body: string, destination: string): Notice[] | undefined {
    for (const event of ["leave", "join"] as const) {
      const pattern = this.#patterns[event];
      if (pattern === undefined || this.#topicOf(pattern.topic) !== destination) continue;
      if (!matches(content, pattern.match ?? {})) continue;
      const read = this.#readText[event];
      const inText = read?.(textIn(pattern, content, body));
      if (read !== undefined && inText === undefined) continue;
      const named = pattern.client === undefined ? inText || null : nameIn(at(content, pattern.client));
      const client = namesNobody(this.#patterns) ? somebody : named;
      const cause = pattern.cause === undefined ? undefined : at(content, pattern.cause);
      return [{ event, client, cause: typeof cause === "string" ? cause : null }];
    }
    return undefined;
  }

  #changes(names: readonly string[]): Notice[] {
    const before = this.#listed;
    const now = new Map<string, number>();
    for (const name of names) now.set(name, (now.get(name) ?? 0) + 1);
    this.#listed = now;
    return [...new Set([...before.keys(), ...now.keys()])].flatMap((client) => {
      const more = (now.get(client) ?? 0) - (before.get(client) ?? 0);
      const event = more > 0 ? "join" : "leave";
      return Array.from({ length: Math.abs(more) }, () => ({ event, client, cause: null }) as const);
    });
  }
}

/** Returns a function that reads the name in a notice's text: "" for no name, undefined for another text. */
function readerOf(notice: NoticePattern | undefined): ReadText | undefined {
  const { text, pattern } = notice ?? {};
  if (typeof text === "function") return text;
  const source = pattern ?? (text === undefined ? undefined : asPattern(text));
  if (source === undefined) return undefined;
  const expression = new RegExp(source, "s");
  return (said) => {
    const found = expression.exec(said);
    return found === null ? undefined : (found.groups?.["client"] ?? "");
  };
}

/** Turns a text into a regular expression. The first {client} matches any name, later ones the same name. */
function asPattern(text: string): string {
  const [head = "", ...rest] = text
    .split("{client}")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const named = rest.map((part, place) => (place === 0 ? `(?<client>.+?)${part}` : `\\k<client>${part}`));
  return `^${head}${named.join("")}$`;
}

function textIn({ at: place }: NoticePattern, content: unknown, body: string): string {
  const text = place === undefined ? content : at(content, place);
  if (typeof text === "string") return text;
  return place === undefined ? body : "";
}

/** Returns the names on a roster; undefined where the content is no such roster. */
export function namesOn(
  content: unknown,
  { match, list, client }: Omit<NonNullable<NoticePatterns["roster"]>, "topic">,
): string[] | undefined {
  if (match !== undefined && !matches(content, match)) return undefined;
  const entries = at(content, list);
  if (!Array.isArray(entries)) return undefined;
  const names = entries.map((entry: unknown) => nameIn(at(entry, client)));
  const named = names.filter((name) => name !== null);
  // Some entries may have no name. A list without any name is no roster.
  return named.length === 0 && names.length > 0 ? undefined : named;
}

function matches(content: unknown, match: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(match).every(([pointer, value]) => at(content, pointer) === value);
}

function nameIn(value: unknown): string | null {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? null : JSON.stringify(value);
}
