import { fill, fillAll, fillBody, knownAmong, namesIn, type Values } from "../profile/template.ts";
import type { Profile } from "../profile/profile.ts";
import { messageOf } from "../util/words.ts";
import { Refused } from "../history/refusal.ts";
import { learnBody, learnProfile } from "../profile/profile-secrets.ts";
import { secrets } from "../secrets/secrets.ts";
import { readText, refusalIn, shapeOf, takenFrom } from "./setup/answer.ts";
import { cookiesIn, withCookies, type Cookie, type SetCookie } from "../util/cookies.ts";
import { httpHeadersFor, type Possessions } from "./connection-settings.ts";

type Request = Profile["before"][number];

/** Limits of one answer: time in milliseconds, and length. */
const answerLimitMs = 8_000;
const answerCharactersMax = 1_048_576;

/** Values that one answer gave, and cookies that it set. */
interface Given {
  readonly values: Values;
  readonly set: readonly SetCookie[];
}

/** Client whose `before` requests were sent. */
interface Admission {
  /** Possessions of the client so far. */
  has: Possessions;
  /** Resolves when its `before` requests have ended, also after a failure. */
  ended: Promise<unknown>;
}

/**
 * Sends the requests that the profile's `before` wants before a client connects, and keeps the values from their answers.
 * Sends those of `after` when a case, or the run, is over. A run has one for all its clients.
 */
export class SetupRequests {
  readonly #profile: Profile;
  readonly #target: URL;
  readonly #onAfterFailed: (words: string) => void;
  /** Results of answers, by request and by client, case or run. Each request is sent once for them. */
  readonly #asked = new Map<string, Promise<Given>>();
  /** Clients of the cases that are not over, by case and name. */
  readonly #admitted = new Map<string, Map<string, Admission>>();
  /** Results of the requests of the run. Undefined before the first client. */
  #ofRun: Possessions | undefined;

  /** @param onAfterFailed takes the reason why an `after` request failed, in a sentence that may hold secrets */
  constructor(profile: Profile, target: URL, onAfterFailed: (words: string) => void = () => undefined) {
    this.#profile = profile;
    this.#target = target;
    this.#onAfterFailed = onAfterFailed;
    learnProfile(profile, target.href);
  }

  /**
   * Returns the values that fill the profile's templates for one client of one case.
   * @throws Error that names the request if it is refused, has no answer within eight seconds, or lacks a wanted value
   */
  async valuesFor(client: string, room: string): Promise<Values> {
    return (await this.possessionsFor(client, room)).values;
  }

  /** Returns the values as `valuesFor`, and the cookies that the answers have set. */
  possessionsFor(client: string, room: string): Promise<Possessions> {
    const admission: Admission = { has: { values: { client, room }, cookies: [] }, ended: Promise.resolve() };
    const clients = this.#admitted.get(room) ?? new Map<string, Admission>();
    this.#admitted.set(room, clients.set(client, admission));
    this.#ofRun ??= { values: {}, cookies: [] };
    const admitted = this.#admit(admission, client, room);
    admission.ended = admitted.catch(() => undefined);
    return admitted;
  }

  async #admit(admission: Admission, client: string, room: string): Promise<Possessions> {
    for (const [place, request] of this.#profile.before.entries()) {
      const whose = { client, case: room, run: "" }[request.per];
      const key = `${place} ${request.per} ${whose}`;
      const asked = this.#asked.get(key) ?? this.#ask(request, `before[${place}]`, admission.has);
      this.#asked.set(key, asked);
      // A failed request is sent again for the next client.
      asked.catch(() => this.#asked.delete(key));
      const given = await asked;
      admission.has = withGiven(admission.has, given);
      if (request.per === "run" && this.#ofRun !== undefined) this.#ofRun = withGiven(this.#ofRun, given);
    }
    return admission.has;
  }

  /** Sends the `after` requests of a case: once for each client whose `before` was sent, or once for the case. Never rejects. */
  async afterCase(room: string): Promise<void> {
    const clients = [...(this.#admitted.get(room)?.values() ?? [])];
    this.#admitted.delete(room);
    await Promise.all(clients.map(({ ended }) => ended));
    for (const [place, request] of this.#profile.after.entries()) {
      if (request.per === "run") continue;
      const senders = request.per === "case" ? clients.slice(0, 1) : clients;
      const given = await Promise.all(senders.map(({ has }) => this.#askAfter(request, place, has)));
      for (const [number, one] of clients.entries())
        one.has = withGiven(one.has, given[request.per === "case" ? 0 : number] ?? nothing);
    }
  }

  /** Sends the `after` requests of cases that are not over, then those of the run. Never rejects. */
  async dispose(): Promise<void> {
    await Promise.all([...this.#admitted.keys()].map((room) => this.afterCase(room)));
    if (this.#ofRun === undefined) return;
    let has = this.#ofRun;
    this.#ofRun = undefined;
    for (const [place, request] of this.#profile.after.entries())
      if (request.per === "run") has = withGiven(has, await this.#askAfter(request, place, has));
  }

  /** Sends one `after` request. Returns nothing if it fails, or if a name in it has no value because a `before` request failed. */
  async #askAfter(request: Request, place: number, has: Possessions): Promise<Given> {
    const { path, headers, json, form } = request;
    if (namesIn([path, headers, json, form]).some((name) => !Object.hasOwn(has.values, name))) return nothing;
    try {
      return await this.#ask(request, `after[${place}]`, has);
    } catch (error) {
      this.#onAfterFailed(messageOf(error));
      return nothing;
    }
  }

  /**
   * Sends the profile's `logout` for a client with these values and cookies.
   * @throws Error if there is none, or the target does not answer it with success
   */
  async logOut(has: Possessions): Promise<void> {
    const { logout } = this.#profile;
    if (logout === undefined) throw new Error('the profile has no log-out; the scenario needs "logout"');
    await this.#ask({ ...logout, take: {} }, "logout", has);
  }

  /** Forgets all answers. A restarted target may no longer know the values in them. */
  forget(): void {
    this.#asked.clear();
  }

  async #ask(request: Omit<Request, "per">, where: string, { values, cookies }: Possessions): Promise<Given> {
    const path = fill(request.path, values);
    secrets.learnAddress(path);
    if (!URL.canParse(path, this.#target.href)) throw new Error(`${where}.path is no address once filled in`);
    const url = new URL(path, this.#target);
    const name = `${where}: ${request.method} ${url.pathname}`;
    const { type, body } = bodyOf(request, values);
    const usual = this.#usualHeaders(url, values, cookies);
    const own = { ...type, ...fillAll(request.headers, values) };
    let answer: Response;
    let text: string;
    try {
      const headers = new Headers(usual);
      for (const [header, value] of Object.entries(own)) headers.set(header, value);
      answer = await fetch(url, {
        method: request.method,
        headers,
        redirect: "manual",
        signal: AbortSignal.timeout(answerLimitMs),
        ...(body === undefined ? {} : { body }),
      });
      text = await readText(answer, answerCharactersMax);
    } catch (error) {
      throw new Refused(`${name} was not answered: ${reasonOf(error)}`, { cause: error });
    }
    const set = cookiesIn(answer, url);
    for (const { value } of set) secrets.learn(value);
    return { values: valuesIn(answer, text, request, name), set };
  }

  /** Returns the profile's headers and the client's cookies. The profile's own are for the target alone. */
  #usualHeaders(url: URL, values: Values, cookies: readonly Cookie[]): Readonly<Record<string, string>> {
    const { before, headers, cookies: named } = this.#profile;
    const taken = before.flatMap(({ take }) => Object.keys(take));
    const later = taken.filter((name) => !Object.hasOwn(values, name));
    const isOwn = url.origin === this.#target.origin;
    const own = {
      headers: isOwn ? knownAmong(headers, values, later) : {},
      cookies: isOwn ? knownAmong(named, values, later) : {},
    };
    return httpHeadersFor(own, url, values, cookies).httpHeaders;
  }
}

const nothing: Given = { values: {}, set: [] };

const withGiven = ({ values, cookies }: Possessions, given: Given): Possessions => ({
  values: { ...values, ...given.values },
  cookies: withCookies(cookies, given.set),
});

/**
 * Returns the values that a request takes from its answer.
 * @throws Error if the answer is a refusal, or lacks a value
 */
function valuesIn(
  answer: Response,
  text: string,
  request: Pick<Request, "take" | "status">,
  name: string,
): Values {
  const taken = Object.entries(request.take).map(([key, from]) => {
    const found = takenFrom(answer, text, from);
    if (found !== undefined) secrets.learn(found);
    return [key, from, found] as const;
  });
  const isRight = request.status?.includes(answer.status) ?? answer.status < 400;
  if (!isRight) throw new Refused(`${name} was answered with ${answer.status}: ${refusalIn(answer, text)}`);
  return Object.fromEntries(
    taken.map(([key, from, found]) => {
      if (found === undefined)
        throw new Error(
          `${name}: its answer holds no ${key} at ${JSON.stringify(from)}; ${shapeOf(answer, text)}`,
        );
      return [key, found];
    }),
  );
}

function bodyOf(
  { json, form }: Pick<Request, "json" | "form">,
  values: Values,
): { type: Record<string, string>; body?: string } {
  if (json !== undefined) {
    const body = fillBody(json, values);
    learnBody(json, body, values);
    return { type: { "content-type": "application/json" }, body };
  }
  if (form === undefined) return { type: {} };
  const body = String(new URLSearchParams(fillAll(form, values)));
  return { type: { "content-type": "application/x-www-form-urlencoded" }, body };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
