/** The versions that this server speaks, oldest first. */
export const versions = ["1.0", "1.1", "1.2"] as const;
export type Version = (typeof versions)[number];

/** One STOMP frame, its headers unescaped. Of a repeated header only the first counts, as STOMP demands. */
export interface Frame {
  readonly command: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What breaks the protocol. `closeCode` is the WebSocket close code that follows the ERROR frame. */
export interface Violation {
  readonly message: string;
  readonly closeCode: 1002 | 1008 | 1009 | 1011;
}

export function frame(command: string, headers: Readonly<Record<string, string>>, body = ""): Frame {
  return { command, headers: new Map(Object.entries(headers)), body };
}

/** CONNECT, its alias STOMP and CONNECTED are never escaped, so that versions 1.0 to 1.2 can all read them. */
export function isEscaped(command: string, version: Version): boolean {
  return version !== "1.0" && command !== "CONNECT" && command !== "STOMP" && command !== "CONNECTED";
}
