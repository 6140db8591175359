/** Frame of a SockJS server (sockjs-protocol 0.3.3, "Protocol and framing"). */
export type SockJsFrame =
  | { readonly kind: "open" }
  | { readonly kind: "heartbeat" }
  | { readonly kind: "messages"; readonly messages: readonly string[] }
  | { readonly kind: "close"; readonly code: number; readonly reason: string };

/** Returns true for the prelude of a stream. It makes browsers pass the rest on (sockjs-protocol 0.3.3, "xhr_streaming"). */
export const isPrelude = (text: string): boolean => /^h{2,}$/.test(text);

/** Encodes messages as a client sends them, in an array. */
export const encodeSockJs = (...messages: readonly string[]): string => JSON.stringify(messages);

/**
 * Decodes one frame of the server. The prelude of a stream counts as a heartbeat.
 * @throws Error that quotes the text if it is no frame
 */
export function decodeSockJs(text: string): SockJsFrame {
  if (text === "o") return { kind: "open" };
  if (/^h+$/.test(text)) return { kind: "heartbeat" };
  const content = parsed(text.slice(1));
  if (text.startsWith("a") && isTexts(content)) return { kind: "messages", messages: content };
  if (text.startsWith("c") && isClose(content))
    return { kind: "close", code: content[0], reason: content[1] };
  throw new Error(`no SockJS frame: ${JSON.stringify(text.slice(0, 80))}`);
}

/**
 * Decodes one line of an event stream. SockJS writes `%` and line ends in it as `%25`, `%0D` and `%0A`.
 * @returns the SockJS frame's text; undefined if the line has none
 * @throws Error if `%` is not followed by such a number
 */
export function eventData(line: string): string | undefined {
  return line.startsWith("data:") ? decodeURIComponent(line.slice(5).replace(/^ /, "")) : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === "string");

const isClose = (value: unknown): value is [number, string] =>
  Array.isArray(value) && value.length === 2 && Number.isInteger(value[0]) && typeof value[1] === "string";
