import { readText } from "./setup-requests.ts";
import { approach } from "./connection-settings.ts";
import type { EventOf, ToldEvent } from "../history/history.ts";
import { at, jsonOrUndefined } from "../util/json.ts";
import { sessionsOf } from "../history/sessions.ts";
import type { Profile } from "../profile/profile.ts";
import type { Surroundings } from "./case-context.ts";

type Probe = NonNullable<Profile["probe"]>;
type Events = NonNullable<Probe["events"]>;

/** What the probe tells of one moment. */
type Probed = Pick<EventOf<"probed">, "mappings" | "sessions" | "told">;

/** How long one answer may take, and how much of it is read. */
const answerLimitMs = 5_000;
const answerCharactersMax = 8_000_000;

/**
 * Asks the target's probe once, as a client of the profile would, and puts on record what it tells of this case.
 * @param client who asks, where the profile wants clients to do something before
 * @throws Error where there is no probe, no answer in five seconds, or not what the profile says
 */
export async function askProbe(around: Surroundings, client: string): Promise<void> {
  const { profile, target, history, admission, token } = around;
  const { probe } = profile;
  if (probe === undefined) throw new Error('the profile has no probe; the scenario needs "probe"');
  const { httpHeaders } = approach(profile, target, await admission.admit(client, token));
  const own = sessionsOf(history.events).flatMap(({ opened }) => opened.sessionId ?? []);
  const askedAtMs = history.nowMs();
  const text = await answerOf(new URL(probe.path, target), httpHeaders);
  history.add({ kind: "probed", actor: "harness", askedAtMs, ...readProbe(text, probe, new Set(own)) });
}

async function answerOf(url: URL, headers: Readonly<Record<string, string>>): Promise<string> {
  const where = `the probe at ${url.pathname}`;
  let answer: Response;
  let text: string;
  try {
    const signal = AbortSignal.timeout(answerLimitMs);
    answer = await fetch(url, { headers, redirect: "manual", signal });
    text = await readText(answer, answerCharactersMax);
  } catch (error) {
    throw new Error(`${where} was not answered: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  if (!answer.ok) throw new Error(`${where} answered ${answer.status}`);
  return text;
}

/**
 * Reads a probe's answer.
 * @param own the transports' session ids of those whose events are wanted
 * @throws Error that names the place of the profile that does not lead to what it says
 */
export function readProbe(
  text: string,
  { path, mappings, sessions, events }: Probe,
  own: ReadonlySet<string>,
): Probed {
  const answer = jsonOrUndefined(text);
  const counted = (pointer: string, key: string): number => {
    const found = at(answer, pointer);
    const count = Array.isArray(found) ? found.length : found;
    if (typeof count === "number" && Number.isInteger(count) && count >= 0) return count;
    throw new Error(`the answer of ${path} has neither a count nor a list at probe.${key}, "${pointer}"`);
  };
  const listed = events === undefined ? [] : at(answer, events.list);
  if (!Array.isArray(listed))
    throw new Error(`the answer of ${path} has no list at probe.events.list, "${events?.list ?? ""}"`);
  return {
    mappings: counted(mappings, "mappings"),
    sessions: sessions === undefined ? null : counted(sessions, "sessions"),
    told: events === undefined ? [] : listed.flatMap((entry: unknown) => readEvent(entry, events, own)),
  };
}

function readEvent(
  entry: unknown,
  { session, headers, connect, frame }: Events,
  own: ReadonlySet<string>,
): ToldEvent[] {
  const sessionId = at(entry, session);
  if (typeof sessionId !== "string" || !own.has(sessionId)) return [];
  const told = { sessionId, headers: textsIn(at(entry, headers)) };
  if (connect !== undefined && holds(entry, connect))
    return [{ ...told, about: "connect", command: "CONNECT" }];
  if (frame === undefined || !holds(entry, frame.match)) return [];
  const command = at(entry, frame.command);
  return typeof command === "string" ? [{ ...told, about: "frame", command }] : [];
}

const holds = (entry: unknown, match: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(match).every(([pointer, value]) => at(entry, pointer) === value);

/** Of several values of one header the first counts (STOMP 1.2, "Repeated Header Entries"). */
function textsIn(headers: unknown): Record<string, string> {
  if (typeof headers !== "object" || headers === null) return {};
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]: [string, unknown]) => {
      const first: unknown = Array.isArray(value) ? value[0] : value;
      return typeof first === "string" ? [[name, first]] : [];
    }),
  );
}
