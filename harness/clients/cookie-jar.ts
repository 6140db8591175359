import { secrets } from "../secrets/secrets.ts";
import { cookieHeader, cookiesFor, cookiesOf, withCookies, type Cookie } from "../util/cookies.ts";

/** Time limit for each first request, in milliseconds. */
const answerLimitMs = 5_000;

/** Cookies of one browser. Clients with one jar belong to one HTTP session of the target, like the tabs of a browser. */
export class CookieJar {
  #held: readonly Cookie[] = [];
  readonly #sources: (() => Promise<readonly Cookie[]>)[] = [];
  #opened: Promise<void> | undefined;

  /** Adds cookies. A cookie that the jar has stays. */
  give(cookies: readonly Cookie[]): void {
    this.#keep(cookies.filter(({ name }) => !this.#held.some((own) => own.name === name)));
  }

  /**
   * Takes the cookies of an answer.
   * @param lines its Set-Cookie headers
   * @param url address of the request
   */
  take(lines: readonly string[], url: URL): void {
    const set = cookiesOf(lines, url);
    for (const { value } of set) secrets.learn(value);
    this.#held = withCookies(this.#held, set);
  }

  /** Adds a source of further cookies, such as a browser. One that fails has no more. */
  follow(source: () => Promise<readonly Cookie[]>): void {
    this.#sources.push(source);
  }

  /** Sends the requests of a page before it connects: for the page, and for SockJS's `/info`. Only the first call sends any. */
  open(endpoint: URL, headers: Readonly<Record<string, string>>): Promise<void> {
    this.#opened ??= this.#visit(endpoint, headers);
    return this.#opened;
  }

  /** Returns the cookies that a browser would send to this address. */
  async cookiesFor(url: URL): Promise<readonly Cookie[]> {
    for (const source of this.#sources) this.#keep(await source().catch(() => []));
    return cookiesFor(this.#held, url);
  }

  #keep(cookies: readonly Cookie[]): void {
    for (const { value } of cookies) secrets.learn(value);
    this.#held = withCookies(
      this.#held,
      cookies.map((cookie) => ({ ...cookie, expired: false })),
    );
  }

  async #visit(endpoint: URL, headers: Readonly<Record<string, string>>): Promise<void> {
    const origin = endpoint.origin.replace(/^ws/, "http");
    for (const path of ["/", `${endpoint.pathname.replace(/\/$/, "")}/info`]) {
      const url = new URL(path, origin);
      const cookie = cookieHeader(await this.cookiesFor(url));
      // A target need not have a page.
      const answer = await fetch(url, {
        headers: { ...headers, ...(cookie === undefined ? {} : { cookie }) },
        redirect: "manual",
        signal: AbortSignal.timeout(answerLimitMs),
      }).catch(() => undefined);
      this.take(answer?.headers.getSetCookie() ?? [], url);
      await answer?.body?.cancel().catch(() => undefined);
    }
  }
}
