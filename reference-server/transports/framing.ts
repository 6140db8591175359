/** How text becomes WebSocket messages, and back. */
export interface Framing {
  readonly transport: string;
  /** What is sent first. */
  readonly opening: readonly string[];
  wrap(text: string): string;
  /** The chunks that a message carries; null if it breaks the framing. */
  unwrap(message: Buffer): readonly (string | Buffer)[] | null;
  /** What is sent before the close frame. */
  closing(code: number, reason: string): string | null;
}

/** Native WebSocket carries STOMP as it is. */
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

/** A client of SockJS sends a JSON array of strings, or a single string. Empty messages are nothing. */
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
