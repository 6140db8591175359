import { jsonOrUndefined } from "../../harness/util/json.ts";

/** One message as a listener got it. */
export interface Heard {
  readonly destination: string;
  readonly body: string;
}

/** What one listener heard around the life of one test session. No other test session begins or ends meanwhile. */
export interface Watched {
  /** The text, found nowhere else, that the session identified with. */
  readonly client: string;
  /** Its transport's session id; null where the transport shows none. */
  readonly sessionId: string | null;
  /** What else stands for the session, by name, such as a `userId` taken from a log-in. */
  readonly values: Readonly<Record<string, string>>;
  readonly before: readonly Heard[];
  readonly afterIdentify: readonly Heard[];
  readonly afterEnd: readonly Heard[];
}

export type Scalar = string | number | boolean | null;

/** The part of a session's life in which a message was heard. */
export type Phase = "before" | "identified" | "ended";

/** A message with all that is compared. */
export interface Message {
  /** The place of its session among the watched ones. */
  readonly session: number;
  readonly phase: Phase;
  /** With `{name}` for each segment that is a value of the session's. */
  readonly destination: string;
  /** The body; where it is a text in JSON, that text. */
  readonly text: string;
  /** The body as JSON; undefined where it is a mere text. */
  readonly content: object | undefined;
  /** Every scalar of the JSON by its pointer. */
  readonly scalars: ReadonlyMap<string, Scalar>;
}

/** One way of naming sessions: by `client`, `sessionId` or a value, with what it is for each session in turn. */
export interface Naming {
  readonly key: string;
  readonly of: readonly string[];
}

const scalarsMax = 2_000;
const depthMax = 32;

/** All messages in the order of sessions and of their lives. */
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

/** The ways of naming that tell all the watched sessions from one another, the best first. */
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

/** What a scalar reads as where it names somebody. */
export const nameIn = (value: Scalar | undefined): string | null =>
  value === undefined || value === null ? null : typeof value === "string" ? value : JSON.stringify(value);

/** RFC 6901. */
export const escaped = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** The scalars of a JSON value by pointer, those near its root first. Of a boundless value, only so many. */
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

/** A value that is the same for all sessions is taken for a segment only where the one before it speaks of it. */
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
