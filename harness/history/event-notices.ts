import { namesWhom, type ReadText } from "../profile/notices.ts";
import { at } from "../util/json.ts";
import { matches, nameIn } from "./matched-json.ts";
import { somebody, type NoticeKind, type NoticePatterns } from "./notice-kind.ts";

type EventPattern = NonNullable<NoticePatterns["leave"]>;

/** Notices that each announce one join or one leave. */
export function eventNotices({ join, leave, repeats }: NoticePatterns): NoticeKind {
  const namesNobody = leave === undefined || !namesWhom(leave);
  return {
    namesNobody,
    tellsJoins: join !== undefined,
    countsNotices: !repeats,
    tellsEachLeave: true,
    namesInJson: leave?.client !== undefined,
    topics: [join, leave].filter((one) => one !== undefined).map(({ topic }) => topic),
    reader: (topicOf) => {
      const readers = { leave: textReaderOf(leave), join: textReaderOf(join) };
      return (content, body, destination) => {
        for (const [event, pattern] of [["leave", leave] as const, ["join", join] as const]) {
          if (pattern === undefined || topicOf(pattern.topic) !== destination) continue;
          if (!matches(content, pattern.match ?? {})) continue;
          const readText = readers[event];
          const inText = readText?.(textIn(pattern, content, body));
          if (readText !== undefined && inText === undefined) continue;
          const named = pattern.client === undefined ? inText || null : nameIn(at(content, pattern.client));
          const cause = pattern.cause === undefined ? undefined : at(content, pattern.cause);
          return [
            {
              event,
              client: namesNobody ? somebody : named,
              cause: typeof cause === "string" ? cause : null,
            },
          ];
        }
        return undefined;
      };
    },
  };
}

/** Returns a reader of a pattern's text. It returns the name in a text, "" for no name, undefined for another text. */
function textReaderOf(notice: EventPattern | undefined): ReadText | undefined {
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

/** Returns a text as a regular expression. The first {client} matches any name, each further one the same name. */
function asPattern(text: string): string {
  const [head = "", ...rest] = text
    .split("{client}")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const named = rest.map((part, place) => (place === 0 ? `(?<client>.+?)${part}` : `\\k<client>${part}`));
  return `^${head}${named.join("")}$`;
}

function textIn({ at: place }: EventPattern, content: unknown, body: string): string {
  const text = place === undefined ? content : at(content, place);
  if (typeof text === "string") return text;
  return place === undefined ? body : "";
}
