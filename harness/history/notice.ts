import { at, jsonOrUndefined } from "../util/json.ts";
import type { Profile } from "../profile/profile.ts";
import { namesWhom, type ReadText } from "../profile/telling.ts";
import { fill, namesIn, type Template, type Values } from "../profile/template.ts";

export interface Notice {
  readonly event: "join" | "leave";
  /** Whom the notice names; null when it names nobody. */
  readonly client: string | null;
  readonly cause: string | null;
}

type Patterns = Profile["notice"];
type Pattern = NonNullable<Patterns["leave"]>;

/** What stands for a name where the target's notices have none, so that all are alike. */
export const somebody = "somebody";

/** Whether the target's notices name nobody, so that nobody could tell whose they are. */
export const namesNobody = ({ leave, roster }: Patterns): boolean =>
  roster === undefined && (leave === undefined || !namesWhom(leave));

/** What programs print where a name is missing, with or without punctuation round it. */
const noName = /^[^\p{L}\p{N}]*(null|undefined|none|nil|nan|object object)?[^\p{L}\p{N}]*$/iu;

/** Whether a notice's name is none that a person could go by. */
export const isNoName = (client: string | null): boolean => client === null || noName.test(client);

/** Whether notices name the transport's session, which also one that never identified has. */
export const namesSession = ({ names }: Patterns): boolean => namesIn(names).includes("sessionId");

/** Whether others are told who comes. */
export const tellsJoins = ({ join, roster }: Patterns): boolean => (join ?? roster) !== undefined;

/** Whether a notice told again means another leave. A list shows who is there, not how often that was told. */
export const countsNotices = ({ roster, repeats }: Patterns): boolean => roster === undefined && !repeats;

/** Returns the name by which notices call a client with these values. */
export const nameOf = ({ notice }: Pick<Profile, "notice">, values: Values): string =>
  fill(notice.names, values);

/** Every destination on which anything of it is told, filled in. */
export function topicsOf({ topic, notice: { join, leave, roster } }: Profile, values: Values): string[] {
  const told = [join, leave, roster].filter((one) => one !== undefined);
  return [...new Set(told.map((one) => fill(one.topic ?? topic, values)))];
}

/** What one client is told, message by message. */
export class NoticeReader {
  readonly #patterns: Patterns;
  readonly #topicOf: (own: Template | undefined) => string;
  readonly #readText: Readonly<Record<"join" | "leave", ReadText | undefined>>;
  /** How often each was on the last list. */
  #listed = new Map<string, number>();

  /** `values` are what the topics' templates are filled with. */
  constructor({ notice, topic }: Pick<Profile, "notice" | "topic">, values: Values) {
    this.#patterns = notice;
    this.#topicOf = (own) => fill(own ?? topic, values);
    this.#readText = { join: readerOf(notice.join), leave: readerOf(notice.leave) };
  }

  /**
   * Reads a message as the profile describes notices. A list says who has come and gone since the last one.
   * @param destination what was subscribed to
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

/** How a pattern's text is read: whom it names, "" for nobody, undefined if it is another text. */
function readerOf(notice: Pattern | undefined): ReadText | undefined {
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

/** A text as a regular expression: its first {client} is whatever stands there, the others the same again. */
function asPattern(text: string): string {
  const [head = "", ...rest] = text
    .split("{client}")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const named = rest.map((part, place) => (place === 0 ? `(?<client>.+?)${part}` : `\\k<client>${part}`));
  return `^${head}${named.join("")}$`;
}

function textIn({ at: place }: Pattern, content: unknown, body: string): string {
  const text = place === undefined ? content : at(content, place);
  if (typeof text === "string") return text;
  return place === undefined ? body : "";
}

/** Whom a list names; undefined where the content is no such list. */
export function namesOn(
  content: unknown,
  { match, list, client }: Omit<NonNullable<Patterns["roster"]>, "topic">,
): string[] | undefined {
  if (match !== undefined && !matches(content, match)) return undefined;
  const entries = at(content, list);
  if (!Array.isArray(entries)) return undefined;
  const names = entries.map((entry: unknown) => nameIn(at(entry, client)));
  const named = names.filter((name) => name !== null);
  // Others may be on it without a name. If all are, it is another list.
  return named.length === 0 && names.length > 0 ? undefined : named;
}

function matches(content: unknown, match: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(match).every(([pointer, value]) => at(content, pointer) === value);
}

function nameIn(value: unknown): string | null {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? null : JSON.stringify(value);
}
