import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

const cookieName = "hangup-session";

/**
 * Restricts an HTTP session to the client that opened it. The session id appears in URLs and logs, so knowing the id must not
 * suffice. The opening response sets a cookie on the session's own path. A client that has sent the cookie once must always
 * send it. A client without cookies must keep its address and user agent. No client may change its origin.
 */
export class Ownership {
  readonly #secret = randomBytes(18).toString("base64url");
  readonly #origin: string | undefined;
  readonly #client: string;
  #hasShownCookie = false;

  /** `path` is the session's path without the transport's name. */
  constructor(request: IncomingMessage, response: ServerResponse, path: string) {
    this.#origin = request.headers.origin;
    this.#client = clientOf(request);
    response.setHeader(
      "Set-Cookie",
      `${cookieName}=${this.#secret}; Path=${path}; HttpOnly; SameSite=Strict`,
    );
  }

  /** Returns true if the request may come from the session's client. */
  accepts(request: IncomingMessage): boolean {
    // Browsers omit Origin in a GET to the page's own origin.
    const { origin = this.#origin } = request.headers;
    if (this.#origin !== undefined && origin !== this.#origin) return false;
    const cookie = cookieOf(request);
    if (cookie !== undefined) {
      this.#hasShownCookie ||= isEqual(cookie, this.#secret);
      return isEqual(cookie, this.#secret);
    }
    return !this.#hasShownCookie && clientOf(request) === this.#client;
  }
}

function clientOf({ socket, headers }: IncomingMessage): string {
  return `${socket.remoteAddress ?? ""} ${headers["user-agent"] ?? ""}`;
}

function cookieOf({ headers }: IncomingMessage): string | undefined {
  const cookies = (headers.cookie ?? "").split(";").map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
