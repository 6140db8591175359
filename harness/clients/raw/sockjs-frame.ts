/** What a SockJS server sends (sockjs-protocol 0.3.3, "Protocol and framing"). */
export type SockJsFrame =
  | { readonly kind: "open" }
  | { readonly kind: "heartbeat" }
  | { readonly kind: "messages"; readonly messages: readonly string[] }
  | { readonly kind: "close"; readonly code: number; readonly reason: string };

/** What a stream begins with, so that browsers hand on the rest: no frame (sockjs-protocol 0.3.3, "xhr_streaming"). */
export const isFilling = (text: string): boolean => /^h{2,}$/.test(text);

/** What a client sends: messages in an array. */
export const encodeSockJs = (...messages: readonly string[]): string => JSON.stringify(messages);

/**
 * Reads one frame of the server's. The filling of a stream counts as a heartbeat.
 * @throws Error that quotes what is no frame
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
 * Reads one line of an event stream, in which SockJS writes `%` and line ends as `%25`, `%0D` and `%0A`.
 * @returns the SockJS frame's text, or undefined where the line holds none
 * @throws Error when what follows `%` is no such number
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
