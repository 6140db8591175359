import { readText } from "./setup/answer.ts";
import { connectionSettings } from "./connection-settings.ts";
import type { ReportedEvent } from "../history/events/harness-events.ts";
import type { EventOf } from "../history/events/events.ts";
import { at, jsonOrUndefined } from "../util/json.ts";
import { sessionsOf } from "../history/sessions/sessions.ts";
import type { Profile } from "../profile/profile.ts";
import type { CaseContext } from "./case-context.ts";
import { messageOf } from "../util/words.ts";

type ProbeSettings = NonNullable<Profile["probe"]>;
type Events = NonNullable<ProbeSettings["events"]>;

/** The probe's answer at one moment. */
type Probed = Pick<EventOf<"probed">, "mappings" | "sessions" | "told">;

/** Limits of one answer: time in milliseconds, and length. */
const answerLimitMs = 5_000;
const answerCharactersMax = 8_000_000;

/**
 * Sends one request to the target's probe, with a client's headers, and records the answer as far as it concerns this case.
 * @param client client data for the profile's setup requests
 * @throws Error if there is no probe, no answer within five seconds, or an answer that differs from the profile
 */
export async function askProbe(context: CaseContext, client: string): Promise<void> {
  const { profile, target, history, setupRequests, token } = context;
  const { probe } = profile;
  if (probe === undefined) throw new Error('the profile has no probe; the scenario needs "probe"');
  const possessions = await setupRequests.possessionsFor(client, token);
  const { httpHeaders } = connectionSettings(profile, target, possessions);
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
    throw new Error(`${where} was not answered: ${messageOf(error)}`, {
      cause: error,
    });
  }
  if (!answer.ok) throw new Error(`${where} answered ${answer.status}`);
  return text;
}

/**
 * Reads a probe's answer.
 * @param own transport session ids; events of other sessions are left out
 * @throws Error that names the pointer in the profile that leads to nothing
 */
export function readProbe(
  text: string,
  { path, mappings, sessions, events }: ProbeSettings,
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
): ReportedEvent[] {
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

/** Returns headers that are text. The first of several values counts (STOMP 1.2, "Repeated Header Entries"). */
function textsIn(headers: unknown): Record<string, string> {
  if (typeof headers !== "object" || headers === null) return {};
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]: [string, unknown]) => {
      const first: unknown = Array.isArray(value) ? value[0] : value;
      return typeof first === "string" ? [[name, first]] : [];
    }),
  );
}
