import type { Profile } from "../../profile/profile.ts";
import { secrets } from "../../secrets/secrets.ts";
import { at, jsonOrUndefined } from "../../util/json.ts";

/** Place in an answer from which a request of the profile takes a value. */
type Taken = Profile["before"][number]["take"][string];

/**
 * Returns the answer's text.
 * @throws Error if it exceeds `charactersMax`
 */
export async function readText({ body }: Response, charactersMax: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length > charactersMax) throw new Error(`it is longer than ${charactersMax} characters`);
  }
  return text;
}

/** Returns the answer's text if it reports an error; otherwise its shape, because a success may hold a token. */
export function refusalIn(answer: Response, text: string): string {
  if (answer.status < 400) return shapeOf(answer, text);
  return secrets.mask(text).slice(0, 200);
}

/** Describes an answer without its values, which may be secrets. */
export function shapeOf({ status, headers }: Response, text: string): string {
  const content = jsonOrUndefined(text);
  const keys =
    typeof content === "object" && content !== null
      ? `, with the keys ${Object.keys(content).join(", ")}`
      : "";
  return `it was ${status}, ${headers.get("content-type") ?? "of no type"}${keys}`;
}

/** Returns the value at a place of an answer; undefined if there is none. */
export function takenFrom(answer: Response, text: string, from: Taken): string | undefined {
  if (typeof from === "string") return textOf(at(jsonOrUndefined(text), from));
  if ("header" in from) return answer.headers.get(from.header) ?? undefined;
  if ("pattern" in from) {
    const found = new RegExp(from.pattern)
      .exec(text)
      ?.slice(1)
      .find((group: string | undefined) => group !== undefined);
    return found === undefined || !isMarkup(answer) ? found : withoutReferences(found);
  }
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]?.trim() ?? "");
  return cookies.find((cookie) => cookie.startsWith(`${from.cookie}=`))?.slice(from.cookie.length + 1);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

const isMarkup = ({ headers }: Response): boolean =>
  /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(headers.get("content-type") ?? "");

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Decodes the character references in a piece of HTML. Some frameworks write the `+` of a token as `&#43;`. */
const withoutReferences = (text: string): string =>
  text.replaceAll(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
    },
  );
