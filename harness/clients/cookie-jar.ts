import { secrets } from "../secrets/secrets.ts";

/** A cookie of the target, as a jar keeps it. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/** Time limit for each first request, in milliseconds. */
const answerLimitMs = 5_000;

/**
 * Cookies of one browser (RFC 6265, for one host). Clients with one jar belong to one HTTP session of the target, like the tabs of a
 * browser.
 */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();
  readonly #sources: (() => Promise<readonly Cookie[]>)[] = [];
  #opened: Promise<void> | undefined;

  /** Adds cookies, for all paths. A cookie that the jar has stays. */
  give(cookies: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(cookies))
      if (![...this.#cookies.values()].some((own) => own.name === name))
        this.#keep({ name, value, path: "/" });
  }

  /**
   * Takes the cookies of an answer.
   * @param lines its Set-Cookie headers
   * @param requestPath path of the request
   */
  take(lines: readonly string[], requestPath: string): void {
    for (const line of lines) {
      const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
      const [, name, value = ""] = /^([^=]+)=(.*)$/.exec(pair) ?? [];
      if (name === undefined) continue;
      const own = new Map(
        attributes.map((one) => [(one.split("=")[0] ?? "").toLowerCase(), one.slice(one.indexOf("=") + 1)]),
      );
      const given = own.get("path") ?? "";
      const path = given.startsWith("/") ? given : directoryOf(requestPath);
      if (isExpired(own)) this.#cookies.delete(keyOf({ name, path }));
      else this.#keep({ name, value, path });
    }
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

  /** Returns the cookies that a browser would send to this path, by name. */
  async cookiesFor(path: string): Promise<Readonly<Record<string, string>>> {
    for (const source of this.#sources)
      for (const cookie of await source().catch(() => [])) this.#keep(cookie);
    const fitting = [...this.#cookies.values()].filter((cookie) => pathFits(cookie.path, path));
    return Object.fromEntries(fitting.map(({ name, value }) => [name, value]));
  }

  #keep(cookie: Cookie): void {
    secrets.learn(cookie.value);
    this.#cookies.set(keyOf(cookie), cookie);
  }

  async #visit(endpoint: URL, headers: Readonly<Record<string, string>>): Promise<void> {
    const origin = endpoint.origin.replace(/^ws/, "http");
    for (const path of ["/", `${endpoint.pathname.replace(/\/$/, "")}/info`]) {
      const cookies = Object.entries(await this.cookiesFor(path)).map(([name, value]) => `${name}=${value}`);
      const own = cookies.length > 0 ? { cookie: cookies.join("; ") } : {};
      const signal = AbortSignal.timeout(answerLimitMs);
      // A target need not have a page.
      const answer = await fetch(origin + path, {
        headers: { ...headers, ...own },
        redirect: "manual",
        signal,
      }).catch(() => undefined);
      this.take(answer?.headers.getSetCookie() ?? [], path);
      await answer?.body?.cancel().catch(() => undefined);
    }
  }
}

const keyOf = ({ name, path }: Pick<Cookie, "name" | "path">): string => `${name};${path}`;

const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf("/")) || "/";

const pathFits = (own: string, path: string): boolean =>
  path === own || path.startsWith(own.endsWith("/") ? own : `${own}/`);

function isExpired(attributes: ReadonlyMap<string, string>): boolean {
  const maxAge = attributes.get("max-age");
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  return Date.parse(attributes.get("expires") ?? "") <= Date.now();
}
