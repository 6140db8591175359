import { jsonOrUndefined } from "../../harness/util/json.ts";

/** Message as a listener received it. */
export interface Heard {
  readonly destination: string;
  readonly body: string;
}

/**
 * Messages that one listener received around the life of one test session. No other test session begins or ends
 * meanwhile.
 */
export interface Watched {
  /** Unique name that the session identified with. */
  readonly client: string;
  /** Transport's session id; null if the transport has none. */
  readonly sessionId: string | null;
  /** Other values of the session by name, such as a `userId` from a log-in. */
  readonly values: Readonly<Record<string, string>>;
  readonly before: readonly Heard[];
  readonly afterIdentify: readonly Heard[];
  readonly afterEnd: readonly Heard[];
}

export type Scalar = string | number | boolean | null;

/** Phase of a session's life in which a message arrived. */
export type LifePhase = "before" | "identified" | "ended";

/** Message with everything that is compared. */
export interface Message {
  /** Index of its session. */
  readonly session: number;
  readonly phase: LifePhase;
  /** Destination, with `{name}` for each segment that is a value of the session. */
  readonly destination: string;
  /** Body, or the text in it if the body is a JSON string. */
  readonly text: string;
  /** Body as JSON; undefined for a plain text. */
  readonly content: object | undefined;
  /** Every scalar of the JSON, by pointer. */
  readonly scalars: ReadonlyMap<string, Scalar>;
}

/** Way to name sessions: by `client`, `sessionId` or a value, with the name of each session in order. */
export interface Naming {
  readonly key: string;
  readonly of: readonly string[];
}

const scalarsMax = 2_000;
const depthMax = 32;

/** Returns all messages, in the order of sessions and of their lives. */
export function messagesOf(watched: readonly Watched[]): Message[] {
  const differing = new Set(namingsOf(watched).map(({ key }) => key));
  return watched.flatMap((one, session) => {
    const phases = [
      ["before", one.before],
      ["identified", one.afterIdentify],
      ["ended", one.afterEnd],
    ] as const;
    return phases.flatMap(([phase, heard]) =>
      heard.map(({ destination, body }): Message => {
        const parsed = jsonOrUndefined(body);
        const content = typeof parsed === "object" && parsed !== null ? parsed : undefined;
        const text = typeof parsed === "string" ? parsed : body;
        const scalars = content === undefined ? new Map<string, Scalar>() : scalarsOf(content);
        return {
          session,
          phase,
          destination: templateOf(destination, one, differing),
          text,
          content,
          scalars,
        };
      }),
    );
  });
}

/** Returns the ways of naming that distinguish all sessions, the best first. */
export function namingsOf(watched: readonly Watched[]): Naming[] {
  const keys = ["client", "sessionId", ...Object.keys(watched[0]?.values ?? {})];
  const seen = new Set<string>();
  return [...new Set(keys)].flatMap((key) => {
    const of = watched.map((one) => valuesOf(one)[key] ?? "");
    const alike = JSON.stringify(of);
    if (of.includes("") || new Set(of).size < of.length || seen.has(alike)) return [];
    seen.add(alike);
    return [{ key, of }];
  });
}

/** Returns the text that a scalar stands for as a name. */
export const nameIn = (value: Scalar | undefined): string | null =>
  value === undefined || value === null ? null : typeof value === "string" ? value : JSON.stringify(value);

/** Escapes a pointer segment (RFC 6901). */
export const escaped = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** Returns the scalars of a JSON value by pointer, those near the root first, up to a limit. */
export function scalarsOf(content: unknown): Map<string, Scalar> {
  const found = new Map<string, Scalar>();
  const open: { pointer: string; value: unknown; depth: number }[] = [
    { pointer: "", value: content, depth: 0 },
  ];
  for (const { pointer, value, depth } of open) {
    if (value === null || ["string", "number", "boolean"].includes(typeof value))
      found.set(pointer, value as Scalar);
    if (typeof value !== "object" || value === null || depth === depthMax) continue;
    const room = scalarsMax - open.length;
    for (const [key, inner] of Object.entries(value).slice(0, Math.max(room, 0)))
      open.push({ pointer: `${pointer}/${escaped(key)}`, value: inner, depth: depth + 1 });
  }
  return found;
}

const valuesOf = ({ client, sessionId, values }: Watched): Readonly<Record<string, string | null>> => ({
  ...values,
  client,
  sessionId,
});

/** A value that all sessions share counts as a segment only if the segment before mentions its name. */
function templateOf(destination: string, one: Watched, differing: ReadonlySet<string>): string {
  const segments = destination.split("/");
  return segments
    .map((segment, place) => {
      const previous = segments[place - 1]?.toLowerCase() ?? "";
      const speaksOf = (key: string) => previous.startsWith(key.toLowerCase());
      const fitting = Object.entries(valuesOf(one))
        .filter(
          ([key, value]) => segment !== "" && value === segment && (differing.has(key) || speaksOf(key)),
        )
        .sort(([a], [b]) => Number(speaksOf(b)) - Number(speaksOf(a)));
      const [key] = fitting[0] ?? [];
      return key === undefined ? segment : `{${key}}`;
    })
    .join("/");
}
