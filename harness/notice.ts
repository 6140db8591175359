import type { Profile } from "./profile.ts";

export interface Notice {
  readonly event: "join" | "leave";
  /** Whom the notice names; null when it names nobody. */
  readonly client: string | null;
  readonly cause: string | null;
}

/** What stands for a name where the target's notices have none, so that all are alike. */
export const somebody = "somebody";

/** Whether the target's notices name nobody, so that nobody could tell whose they are. */
export const namesNobody = ({ leave, roster }: Profile["notice"]): boolean =>
  roster === undefined && leave?.client === undefined;

/** Whether others are told who comes. */
export const tellsJoins = ({ join, roster }: Profile["notice"]): boolean => (join ?? roster) !== undefined;

/** Whether a notice told again means another leave. A list shows who is there, not how often that was told. */
export const countsNotices = ({ roster, repeats }: Profile["notice"]): boolean =>
  roster === undefined && !repeats;

/** What one client is told on the topic, message by message. */
export class NoticeReader {
  readonly #patterns: Profile["notice"];
  /** How often each was on the last list. */
  #listed = new Map<string, number>();

  constructor(patterns: Profile["notice"]) {
    this.#patterns = patterns;
  }

  /**
   * Reads a message on the topic as the profile describes notices. A list says who has come and gone since the last one.
   * @returns undefined for a message that is no notice
   */
  read(body: string): Notice[] | undefined {
    const content = jsonOrUndefined(body);
    const { roster } = this.#patterns;
    if (roster === undefined) return this.#readEvent(content);
    const names = namesOn(content, roster);
    return names === undefined ? undefined : this.#changes(names);
  }

  #readEvent(content: unknown): Notice[] | undefined {
    for (const event of ["leave", "join"] as const) {
      const pattern = this.#patterns[event];
      if (pattern === undefined || !matches(content, pattern.match)) continue;
      const named = pattern.client === undefined ? null : nameIn(at(content, pattern.client));
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

function namesOn(
  content: unknown,
  { match, list, client }: NonNullable<Profile["notice"]["roster"]>,
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

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** RFC 6901. */
function at(value: unknown, pointer: string): unknown {
  let here = value;
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

/** The body of an identify message: the profile's template with the client's data put in. */
export function identifyBody(template: Profile["identify"]["body"], client: string): string {
  const fill = (value: unknown): unknown => {
    if (typeof value === "string") return value.replaceAll("{client}", () => client);
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
  };
  return JSON.stringify(fill(template));
}
