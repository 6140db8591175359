/** Path prefix of SockJS and native WebSocket. */
export const prefix = "/connection";

/** Meaning of a path below the prefix. */
export type Address =
  /** Path outside any session: `/info`, an iframe page, the greeting. */
  | { readonly kind: "page" }
  | { readonly kind: "native-websocket" }
  | {
      readonly kind: "session";
      readonly sessionId: string;
      readonly transport: string;
      readonly path: string;
    };

/**
 * Parses a path below the prefix. Returns null for an unknown path. The parser is stricter than sockjs-node, which for example
 * accepts a backslash as a slash. So sockjs-node never sees another path than the one that was checked.
 */
export function readAddress(url: string): Address | null {
  const [path = ""] = url.split("?", 1);
  if (!path.startsWith(prefix)) return null;
  const rest = path.slice(prefix.length);
  if (/^\/websocket\/?$/.test(rest)) return { kind: "native-websocket" };
  if (/^(?:\/|\/info|\/chunking_test|\/iframe[\w.-]*\.html)?\/?$/.test(rest)) return { kind: "page" };
  const session = /^(\/[\w~!$&()*+,;=:@%-]+\/([\w~!$&()*+,;=:@%-]+))\/([a-z_]+)\/?$/.exec(rest);
  if (session === null) return null;
  const [, ids = "", sessionId = "", transport = ""] = session;
  return { kind: "session", sessionId, transport, path: prefix + ids };
}

/** Returns true if the request is for the endpoint and not for one of the server's pages. */
export function isBelowPrefix(url: string): boolean {
  return /^\/connection(?:[/?]|$)/.test(url);
}
