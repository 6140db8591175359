/** Where SockJS and native WebSocket are. */
export const prefix = "/connection";

/** What a request below the prefix is for. */
export type Address =
  /** Belongs to no session: information, a page for an iframe, a greeting. */
  | { readonly kind: "page" }
  | { readonly kind: "native-websocket" }
  | {
      readonly kind: "session";
      readonly sessionId: string;
      readonly transport: string;
      readonly path: string;
    };

/**
 * Reads `/connection…`; null for what is nowhere. Strict on purpose: sockjs-node reads addresses more loosely (a
 * backslash for a slash, say), and nothing may reach it under another name than it was checked under.
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

/** Whether a request is for the endpoint, and not for a page of the server. */
export function isBelowPrefix(url: string): boolean {
  return /^\/connection(?:[/?]|$)/.test(url);
}
