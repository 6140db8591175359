import type { ConnectCommand } from "./link-factory.ts";
import { encodeStomp } from "./codec/stomp-frame.ts";

/** Returns the CONNECT frame of a correct client. See `RawClient.connectFrame` for the changes. */
export function connectFrame(
  { versions, url, heartbeat, stompHeaders }: ConnectCommand,
  changes: Readonly<Record<string, string | undefined>> = {},
  command: "CONNECT" | "STOMP" = "CONNECT",
): string {
  const { outgoingMs, incomingMs } = heartbeat;
  const headers: Readonly<Record<string, string | undefined>> = {
    "accept-version": versions.join(","),
    host: new URL(url).hostname,
    "heart-beat": `${outgoingMs},${incomingMs}`,
    ...stompHeaders,
    ...changes,
  };
  const given = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return encodeStomp(command, Object.fromEntries(given));
}
