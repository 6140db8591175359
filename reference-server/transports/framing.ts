/** Encoding of text as WebSocket messages. */
export interface Framing {
  readonly transport: string;
  /** Messages to send first. */
  readonly opening: readonly string[];
  wrap(text: string): string;
  /** Returns the chunks in a message, or null if the message violates the framing. */
  unwrap(message: Buffer): readonly (string | Buffer)[] | null;
  /** Returns the message to send before the close frame, or null for none. */
  closing(code: number, reason: string): string | null;
}

/** Framing of native WebSocket, which adds nothing to STOMP. */
export const nativeFraming: Framing = {
  transport: "websocket-raw",
  opening: [],
  wrap: (text) => text,
  unwrap: (message) => [message],
  closing: () => null,
};

export const sockJsFraming: Framing = {
  transport: "websocket",
  opening: ["o"],
  wrap: (text) => `a${JSON.stringify([text])}`,
  unwrap: unwrapSockJs,
  closing: (code, reason) => `c${JSON.stringify([code, reason])}`,
};

/** Parses a SockJS message: a JSON array of strings or a single string. An empty message has no chunks. */
function unwrapSockJs(message: Buffer): readonly string[] | null {
  if (message.length === 0) return [];
  try {
    const parsed: unknown = JSON.parse(message.toString());
    const texts: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
    return texts.every((text) => typeof text === "string") ? texts : null;
  } catch {
    return null;
  }
}
