/** STOMP versions that the server speaks, oldest first. */
export const versions = ["1.0", "1.1", "1.2"] as const;
export type Version = (typeof versions)[number];

/** STOMP frame with unescaped headers. STOMP 1.2: only the first of several equal headers counts. */
export interface Frame {
  readonly command: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Violation of the protocol. `closeCode` is the WebSocket close code after the ERROR frame. */
export interface Violation {
  readonly message: string;
  readonly closeCode: 1002 | 1008 | 1009 | 1011;
}

export function frame(command: string, headers: Readonly<Record<string, string>>, body = ""): Frame {
  return { command, headers: new Map(Object.entries(headers)), body };
}

/** Returns true if the frame's headers are escaped. CONNECT, STOMP and CONNECTED never are, so that every version reads them. */
export function isEscaped(command: string, version: Version): boolean {
  return version !== "1.0" && command !== "CONNECT" && command !== "STOMP" && command !== "CONNECTED";
}
