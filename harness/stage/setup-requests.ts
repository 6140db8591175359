import { fill, fillAll, fillBody, namesIn, type Values } from "../profile/template.ts";
import type { Profile } from "../profile/profile.ts";
import { messageOf } from "../util/words.ts";
import { at, jsonOrUndefined } from "../util/json.ts";
import { Refused } from "../history/refusal.ts";
import { learnBody, learnProfile } from "../profile/profile-secrets.ts";
import { secrets } from "../secrets/secrets.ts";

type Request = Profile["before"][number];
type Taken = Request["take"][string];

/** Limits of one answer: time in milliseconds, and length. */
const answerLimitMs = 8_000;
const answerCharactersMax = 1_048_576;

/** Client whose `before` requests were sent. */
interface Admission {
  /** Values that fill the client's templates so far. */
  values: Values;
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
  /** Values from answers, by request and by client, case or run. Each request is sent once for them. */
  readonly #asked = new Map<string, Promise<Values>>();
  /** Clients of the cases that are not over, by case and name. */
  readonly #admitted = new Map<string, Map<string, Admission>>();
  /** Values that the requests of the run took. Undefined before the first client. */
  #runValues: Values | undefined;

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
  valuesFor(client: string, room: string): Promise<Values> {
    const admission: Admission = { values: { client, room }, ended: Promise.resolve() };
    const clients = this.#admitted.get(room) ?? new Map<string, Admission>();
    this.#admitted.set(room, clients.set(client, admission));
    this.#runValues ??= {};
    const values = this.#admit(admission, client, room);
    admission.ended = values.catch(() => undefined);
    return values;
  }

  async #admit(admission: Admission, client: string, room: string): Promise<Values> {
    for (const [place, request] of this.#profile.before.entries()) {
      const whose = { client, case: room, run: "" }[request.per];
      const key = `${place} ${request.per} ${whose}`;
      const asked = this.#asked.get(key) ?? this.#ask(request, `before[${place}]`, admission.values);
      this.#asked.set(key, asked);
      // A failed request is sent again for the next client.
      asked.catch(() => this.#asked.delete(key));
      const taken = await asked;
      admission.values = { ...admission.values, ...taken };
      if (request.per === "run") this.#runValues = { ...this.#runValues, ...taken };
    }
    return admission.values;
  }

  /** Sends the `after` requests of a case: once for each client whose `before` was sent, or once for the case. Never rejects. */
  async afterCase(room: string): Promise<void> {
    const clients = [...(this.#admitted.get(room)?.values() ?? [])];
    this.#admitted.delete(room);
    await Promise.all(clients.map(({ ended }) => ended));
    for (const [place, request] of this.#profile.after.entries()) {
      if (request.per === "run") continue;
      const senders = request.per === "case" ? clients.slice(0, 1) : clients;
      const taken = await Promise.all(senders.map(({ values }) => this.#askAfter(request, place, values)));
      for (const [number, one] of clients.entries())
        one.values = { ...one.values, ...(taken[number] ?? (request.per === "case" ? taken[0] : {})) };
    }
  }

  /** Sends the `after` requests of cases that are not over, then those of the run. Never rejects. */
  async dispose(): Promise<void> {
    await Promise.all([...this.#admitted.keys()].map((room) => this.afterCase(room)));
    if (this.#runValues === undefined) return;
    let values = this.#runValues;
    this.#runValues = undefined;
    for (const [place, request] of this.#profile.after.entries())
      if (request.per === "run") values = { ...values, ...(await this.#askAfter(request, place, values)) };
  }

  /** Sends one `after` request. Returns no values if it fails, or if a name in it has no value because a `before` request failed. */
  async #askAfter(request: Request, place: number, values: Values): Promise<Values> {
    const { path, headers, json, form } = request;
    if (namesIn([path, headers, json, form]).some((name) => !Object.hasOwn(values, name))) return {};
    try {
      return await this.#ask(request, `after[${place}]`, values);
    } catch (error) {
      this.#onAfterFailed(messageOf(error));
      return {};
    }
  }

  /**
   * Sends the profile's `logout` for a client with these values.
   * @throws Error if there is none, or the target does not answer it with success
   */
  async logOut(values: Values): Promise<void> {
    const { logout } = this.#profile;
    if (logout === undefined) throw new Error('the profile has no log-out; the scenario needs "logout"');
    await this.#ask({ ...logout, take: {} }, "logout", values);
  }

  /** Forgets all answers. A restarted target may no longer know the values in them. */
  forget(): void {
    this.#asked.clear();
  }

  async #ask(request: Omit<Request, "per">, where: string, values: Values): Promise<Values> {
    const path = fill(request.path, values);
    secrets.learnAddress(path);
    if (!URL.canParse(path, this.#target.href)) throw new Error(`${where}.path is no address once filled in`);
    const url = new URL(path, this.#target);
    const name = `${where}: ${request.method} ${url.pathname}`;
    const { type, body } = bodyOf(request, values);
    const headers = { ...type, ...fillAll(request.headers, values) };
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(url, {
        method: request.method,
        headers,
        redirect: "manual",
        signal: AbortSignal.timeout(answerLimitMs),
        ...(body === undefined ? {} : { body }),
      });
      text = await readText(answer);
    } catch (error) {
      throw new Refused(`${name} was not answered: ${reasonOf(error)}`, { cause: error });
    }
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

/**
 * Returns the answer's text.
 * @throws Error if it exceeds `charactersMax`
 */
export async function readText({ body }: Response, charactersMax = answerCharactersMax): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length > charactersMax) throw new Error(`it is longer than ${charactersMax} characters`);
  }
  return text;
}

/** Returns the answer's text if it reports an error; otherwise its shape, because a success may hold a token. */
function refusalIn(answer: Response, text: string): string {
  if (answer.status < 400) return shapeOf(answer, text);
  return secrets.mask(text).slice(0, 200);
}

/** Describes an answer without its values, which may be secrets. */
function shapeOf({ status, headers }: Response, text: string): string {
  const content = jsonOrUndefined(text);
  const keys =
    typeof content === "object" && content !== null
      ? `, with the keys ${Object.keys(content).join(", ")}`
      : "";
  return `it was ${status}, ${headers.get("content-type") ?? "of no type"}${keys}`;
}

function takenFrom(answer: Response, text: string, from: Taken): string | undefined {
  if (typeof from === "string") return textOf(at(jsonOrUndefined(text), from));
  if ("header" in from) return answer.headers.get(from.header) ?? undefined;
  if ("pattern" in from) return new RegExp(from.pattern).exec(text)?.[1];
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  return cookies.find((cookie) => cookie.startsWith(`${from.cookie}=`))?.slice(from.cookie.length + 1);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
