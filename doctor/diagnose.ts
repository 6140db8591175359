import { Admission } from "../harness/stage/admission.ts";
import { approach, type Approach } from "../harness/stage/approach.ts";
import { parseProfile, type Profile, type ProfileInput } from "../harness/profile/profile.ts";
import { fill } from "../harness/profile/template.ts";
import { shown } from "./wire/address.ts";
import { askProbe } from "./ask/probe.ts";
import { asGiven, draftOf, type Entry } from "./suggest/draft.ts";
import { entriesOf, type Learned } from "./suggest/entries.ts";
import { fetchPage } from "./read-page/fetch-page.ts";
import { note, problem, type Finding } from "./suggest/finding.ts";
import { findings } from "./suggest/findings.ts";
import { look, type Look } from "./ask/look.ts";
import { watchPolicy } from "./watch/policy.ts";
import { preflight } from "./watch/preflight.ts";
import { reach, type Reached } from "./ask/reach.ts";
import { watchNotices, type Told } from "./watch/told.ts";
import { messageOf } from "./wire/words.ts";

/** Everything that a doctor can say of a target. Plain data. */
export interface Diagnosis {
  readonly target: string;
  /** Why nothing could be looked at; null when something was. */
  readonly problem: string | null;
  readonly reached: Reached | null;
  readonly look: Look | null;
  readonly findings: readonly Finding[];
  /** What a profile of the target has to say beyond the defaults, and where each comes from. */
  readonly entries: readonly Entry[];
  /** What could not be learned, and what to do. */
  readonly unknown: readonly string[];
  /** Whether leaves were heard as a profile of these entries describes them. */
  readonly works: boolean;
}

export interface DiagnoseOptions {
  /** Where to listen beside the profile's own `topic`, which may not be known. Templates. */
  readonly topics?: readonly string[];
  /** For how long to watch what takes its time, in milliseconds. */
  readonly patienceMs?: number;
}

const onlySubscribers: Entry = {
  key: "announced",
  value: "subscribers",
  why: "a test session that identified without a subscription was not announced; leave this out if the target means to announce everybody",
};

/**
 * Looks at a target: what answers, what its page says, how notices look when test sessions come and go, and all that
 * connecting shows. Then tries the profile that comes of it. Takes about 20 seconds, and more with more patience.
 * @param given what is known of the profile, which is never replaced
 * @throws Error when what is given is no valid profile
 */
export async function diagnose(
  target: URL,
  given: ProfileInput,
  { topics = [], patienceMs = 9_000 }: DiagnoseOptions = {},
): Promise<Diagnosis> {
  const profile = parseProfile(given, "what is known of the profile");
  const nothing = (why: string, reached: Reached | null = null): Diagnosis => ({
    target: shown(target),
    problem: why,
    reached,
    look: null,
    findings: [],
    entries: [],
    unknown: [],
    works: false,
  });
  let way: Approach;
  try {
    way = approach(
      profile,
      target,
      await new Admission(profile, target).admit("hangup-doctor", "hangup-doctor"),
    );
  } catch (error) {
    return nothing(messageOf(error));
  }
  const reached = await reach(way.url, { headers: way.httpHeaders });
  if (reached.kind === "nothing") return nothing(reached.problem, reached);
  const native = given.transport === "native" || reached.kind === "websocket";
  const isDescribed = (given.topic !== undefined || topics.length > 0) && given.identify !== undefined;
  const draft = draftOf(given, topics, isDescribed ? undefined : await fetchPage(way.url, way.httpHeaders));
  const told = await watchNotices(given, native, target, draft);
  const topic = told.inferred?.topics[0];
  const looked = await look(way.url, reached, {
    headers: way.httpHeaders,
    stompHeaders: way.stompHeaders,
    patienceMs,
    ...(topic === undefined
      ? {}
      : {
          topic: { destination: fill(topic, { room: "hangup-doctor" }), body: '{"hangup":"is this heard?"}' },
        }),
  });
  const learned: Learned = { target, given, native, reached, look: looked, ...told };
  const { works, entries, trouble } = await tryOut(learned);
  return {
    target: shown(target),
    problem: null,
    reached,
    look: looked,
    findings: [
      ...findings(reached, looked),
      ...(await askProbe(profile, target, way.httpHeaders)),
      ...toldFindings(told),
      ...trouble,
    ],
    entries,
    unknown: [...told.unknown, ...Object.entries(looked.unlearned).map(([what, why]) => `${what}: ${why}`)],
    works,
  };
}

function toldFindings({ inferred, identify }: Told): Finding[] {
  const told = inferred?.says.map((says) => note("notices", says)) ?? [];
  return identify === undefined || identify.why === asGiven
    ? told
    : [
        note("identify", `clients say who they are as ${JSON.stringify(identify.identify)}: ${identify.why}`),
        ...told,
      ];
}

/** The profile of these entries; what is wrong with it where it is none. */
function build(entries: readonly Entry[]): Profile | string {
  try {
    return parseProfile(
      Object.fromEntries(entries.map(({ key, value }) => [key, value])),
      "what was learned",
    );
  } catch (error) {
    return messageOf(error);
  }
}

/** Makes a profile of what was learned, tries it, and learns from that when leaves come. */
async function tryOut(learned: Learned): Promise<{ works: boolean; entries: Entry[]; trouble: Finding[] }> {
  const first = entriesOf(learned);
  if (learned.inferred?.notice === undefined && learned.given.notice === undefined)
    return { works: false, entries: first, trouble: [] };
  const built = build(first);
  if (typeof built === "string")
    return { works: false, entries: first, trouble: [problem("profile", built, "mend it by hand")] };
  try {
    const policy = await watchPolicy(built, learned.target);
    const entries = entriesOf({ ...learned, policy });
    const whole = build(entries);
    const looked = typeof whole === "string" ? undefined : await preflight(whole, learned.target);
    const tried = typeof whole === "string" ? whole : looked?.trouble?.words;
    const trouble = tried === undefined ? [] : [problem("profile", tried, "mend the entries below")];
    const ofSubscribers = looked?.missesUnsubscribed === true ? [onlySubscribers] : [];
    return { works: tried === undefined, entries: [...entries, ...ofSubscribers], trouble };
  } catch (error) {
    return {
      works: false,
      entries: first,
      trouble: [problem("profile", messageOf(error), "mend the entries below")],
    };
  }
}
