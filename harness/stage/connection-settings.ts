import { namesSession } from "../history/notice.ts";
import type { Profile } from "../profile/profile.ts";
import { fillAll, type Values } from "../profile/template.ts";
import { isOverHttp, pagelessTransports } from "../profile/transports.ts";

/** How a client comes to the target: its address, and what goes along. */
export interface Approach {
  readonly url: URL;
  /** Of the handshake and of every request, cookies and `Origin` among them. A page has these two by itself. */
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
  readonly stompHeaders: Readonly<Record<string, string>>;
}

/** What the profile says of that, filled in for one client. */
export function approach(profile: Profile, target: URL, values: Values): Approach {
  const url = new URL(target);
  for (const [name, value] of Object.entries(fillAll(profile.query, values)))
    url.searchParams.set(name, value);
  const cookies = fillAll(profile.cookies, values);
  const cookie = Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join("; ");
  return {
    url,
    cookies,
    httpHeaders: {
      ...fillAll(profile.headers, values),
      ...(cookie === "" ? {} : { Cookie: cookie }),
      ...(profile.origin === undefined ? {} : { Origin: profile.origin }),
    },
    stompHeaders: fillAll(profile.stomp.headers, values),
  };
}

/** The transports that the target takes and a client without a page can do. */
export function possibleTransports({ transport, transports, nativeWebSocket, notice }: Profile): string[] {
  if (transport === "native") return [transport];
  const taken: readonly string[] = transports;
  const native = nativeWebSocket && !namesSession(notice);
  return pagelessTransports.filter((name) => (name === "native" ? native : taken.includes(name)));
}

/** What a client uses that is not held to another transport: a WebSocket where the target takes one. */
export function usualTransport(profile: Profile): string {
  if (profile.transport === "native") return profile.transport;
  const possible = possibleTransports(profile).filter((name) => name !== "native");
  return possible.includes("websocket") ? "websocket" : (possible[0] ?? "websocket");
}

/** The longest that a leave of such a client's may take to be told once it ended visibly, in milliseconds. */
export function usualLeaveLimitMs(profile: Profile): number {
  const { graceMs, deadlines } = profile;
  const limitMs = isOverHttp(usualTransport(profile)) ? deadlines.httpEndedMs : deadlines.endedMs;
  return Math.max(limitMs, ...Object.values(deadlines.causes)) + graceMs;
}
