/** One frame that a client sent. */
export interface ClientFrame {
  readonly command: string;
  readonly headers: FrameHeaders;
  readonly body: string;
}

export type FrameHeaders = Readonly<Record<string, string>>;

/**
 * Reads a message that holds one whole STOMP frame.
 * @returns undefined for anything else, such as a heartbeat
 */
export function readFrame(message: string): ClientFrame | undefined {
  const [, command, head = "", body = ""] = /^([A-Z]+)\n((?:.+\n)*)\n([^]*)\0\n*$/.exec(message) ?? [];
  if (command === undefined) return undefined;
  const lines = head.split("\n").filter((line) => line !== "");
  const headers = Object.fromEntries(
    lines.map((line) => [line.replace(/:.*/s, ""), line.replace(/^[^:]*:/, "")]),
  );
  return { command, headers: isConnect(command) ? headers : unescaped(headers), body };
}

/** Returns the text of a frame, with its header values escaped. */
export function writeFrame(command: string, headers: FrameHeaders, body = ""): string {
  const head = Object.entries(headers).map(([name, value]) => `${name}:${escaped(value)}\n`);
  return `${command}\n${head.join("")}\n${body}\0`;
}

export const isConnect = (command: string): boolean => command === "CONNECT" || command === "STOMP";

const escapes: Readonly<Record<string, string>> = { "\\r": "\r", "\\n": "\n", "\\c": ":", "\\\\": "\\" };

const escaped = (value: string): string =>
  Object.entries(escapes).reduceRight((text, [escape, plain]) => text.replaceAll(plain, escape), value);

/** Undoes the escapes of STOMP 1.2, section "Value Encoding". */
const unescaped = (headers: FrameHeaders): FrameHeaders =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value.replace(/\\./g, (escape) => escapes[escape] ?? escape),
    ]),
  );
