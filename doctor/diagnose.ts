import { SetupRequests } from "../harness/stage/setup-requests.ts";
import { connectionSettings, type ConnectionSettings } from "../harness/stage/connection-settings.ts";
import { parseProfile, type Profile, type ProfileInput } from "../harness/profile/profile.ts";
import { fill } from "../harness/profile/template.ts";
import { shown } from "./wire/address.ts";
import { askProbe } from "./ask/probe.ts";
import { asGiven, draftOf, type ProfileEntry } from "./suggest/draft.ts";
import { entriesOf, type TargetFacts } from "./suggest/entries.ts";
import { fetchPage } from "./read-page/fetch-page.ts";
import { note, problem, type DoctorFinding } from "./suggest/finding.ts";
import { sessionFindings, untried } from "./suggest/findings-sessions.ts";
import { collectFindings, findings, ofReached, ofUnlearned } from "./suggest/findings.ts";
import { sessionIdFindings } from "./session-id/session-id-findings.ts";
import { look, type Look } from "./ask/look.ts";
import { watchPolicy } from "./watch/policy.ts";
import { preflight, type TriedEnding } from "./watch/preflight.ts";
import { reach, type Reached } from "./ask/reach.ts";
import { transportsToTry, watchWholeSessions, type WholeSessions } from "./watch/whole-sessions.ts";
import { watchNotices, type WatchedNotices } from "./watch/watched-notices.ts";
import { messageOf } from "../harness/util/words.ts";

/** Complete diagnosis of a target. Plain data. */
export interface Diagnosis {
  readonly target: string;
  /** Reason why the look failed; null otherwise. */
  readonly problem: string | null;
  readonly reached: Reached | null;
  readonly look: Look | null;
  readonly findings: readonly DoctorFinding[];
  /** Profile entries beyond the defaults, each with its origin. */
  readonly entries: readonly ProfileEntry[];
  /** Facts that stayed unknown, each with a remedy. */
  readonly unknown: readonly string[];
  /** Ends of test sessions on a target with a profile of these entries. Empty if no leave arrived, or leaves name nobody. */
  readonly endings: readonly TriedEnding[];
  /** Result of a run with a profile of these entries. */
  readonly works: boolean;
}

export interface DiagnoseOptions {
  /** Topics to listen on beside the profile's own `topic`. Templates. */
  readonly topics?: readonly string[];
  /** Page's expression for its session id, to be tried on the addresses that sockjs-client makes. */
  readonly sessionIdExpression?: string;
  /** Time to watch slow processes, in milliseconds. */
  readonly patienceMs?: number;
  /** Called for each finding as soon as it is known. */
  readonly onFinding?: (found: DoctorFinding) => void;
  /** Called before each step that takes seconds, with a sentence about it. */
  readonly onStep?: (words: string) => void;
}

const onlySubscribers: ProfileEntry = {
  key: "announced",
  value: "subscribers",
  why: "the target did not announce a test session without a subscription; remove this entry if the target should announce all clients",
};

const contradicted = problem(
  "profile",
  'the target did not announce a test session without a subscription, and "announced": "everybody" is given',
  'put "announced": "subscribers" into the profile, unless the target should announce all clients',
);

/**
 * Examines a target: the address, its page, the notices of test sessions, and everything that connecting shows. Then
 * tests the resulting profile. Takes about 20 seconds, and more with a longer time to watch.
 * @param given known part of the profile, which is never replaced
 * @throws Error for an invalid profile
 */
export async function diagnose(
  target: URL,
  given: ProfileInput,
  options: DiagnoseOptions = {},
): Promise<Diagnosis> {
  const profile = parseProfile(given, "the known part of the profile");
  const setupRequests = new SetupRequests(profile, target);
  try {
    return await diagnoseAs(profile, setupRequests, target, given, options);
  } finally {
    await setupRequests.dispose();
  }
}

async function diagnoseAs(
  profile: Profile,
  setupRequests: SetupRequests,
  target: URL,
  given: ProfileInput,
  {
    topics = [],
    patienceMs = 9_000,
    sessionIdExpression,
    onFinding,
    onStep = () => undefined,
  }: DiagnoseOptions,
): Promise<Diagnosis> {
  const tell = (found: readonly DoctorFinding[]) => {
    for (const one of found) onFinding?.(one);
    return found;
  };
  const nothing = (why: string, reached: Reached | null = null) => failed(target, why, reached);
  let way: ConnectionSettings;
  try {
    way = connectionSettings(
      profile,
      target,
      await setupRequests.possessionsFor("hangup-doctor", "hangup-doctor"),
    );
  } catch (error) {
    return nothing(messageOf(error));
  }
  const reached = await reach(way.url, { headers: way.httpHeaders });
  if (reached.kind === "nothing") return nothing(reached.problem, reached);
  tell(ofReached(reached));
  const native = given.transport === "native" || reached.kind === "websocket";
  const ofExpression =
    sessionIdExpression === undefined
      ? []
      : tell(await sessionIdFindings(sessionIdExpression, way.url, native));
  const isDescribed = (given.topic !== undefined || topics.length > 0) && given.identify !== undefined;
  const draft = draftOf(given, topics, isDescribed ? undefined : await fetchPage(way.url, way.httpHeaders));
  onStep("Test sessions join and leave while others listen.");
  const told = await watchNotices(given, native, target, draft);
  const noticeFindings = tell(toldFindings(told));
  const topic = told.inferred?.topics[0];
  onStep(
    `Clients connect on every transport, and some fall silent: up to ${Math.ceil(patienceMs / 1000) + 1} s.`,
  );
  const looked = await lookAt(way, reached, topic, patienceMs, tell);
  const learned: TargetFacts = { target, given, topics, native, reached, look: looked, ...told };
  tell(ofUnlearned(looked));
  const probeFindings = tell(await askProbe(profile, target, way.httpHeaders));
  const { works, entries, endings, found } = await tryAll(learned, tell, onStep);
  return {
    target: shown(target),
    problem: null,
    reached,
    look: looked,
    findings: [...findings(reached, looked), ...ofExpression, ...probeFindings, ...noticeFindings, ...found],
    entries,
    unknown: [...told.unknown, ...unlearnedIn(looked)],
    endings,
    works,
  };
}

/**
 * Examines the target by connecting.
 * @param topic template of the notices' topic, if it is known
 * @param tell called with the findings as soon as they are known
 */
function lookAt(
  way: ConnectionSettings,
  reached: Exclude<Reached, { kind: "nothing" }>,
  topic: string | undefined,
  patienceMs: number,
  tell: (found: readonly DoctorFinding[]) => unknown,
): Promise<Look> {
  const asked = topic && {
    destination: fill(topic, { room: "hangup-doctor" }),
    body: '{"hangup":"is this heard?"}',
  };
  return look(way.url, reached, {
    onFact: collectFindings(reached, shown(way.url), (found) => void tell([found])),
    headers: way.httpHeaders,
    stompHeaders: way.stompHeaders,
    patienceMs,
    ...(asked ? { topic: asked } : {}),
  });
}

/** Returns the diagnosis of a target that can't be examined. */
const failed = (target: URL, problem: string, reached: Reached | null): Diagnosis => ({
  target: shown(target),
  problem,
  reached,
  look: null,
  findings: [],
  entries: [],
  unknown: [],
  endings: [],
  works: false,
});

/** Returns the facts that a look did not learn, each with the reason. The findings hold the same, a line for each reason. */
export const unlearnedIn = ({ unlearned }: Pick<Look, "unlearned">): string[] =>
  Object.entries(unlearned).map(([what, why]) => `${what}: ${why}`);

function toldFindings({ inferred, identify }: WatchedNotices): DoctorFinding[] {
  const told = inferred?.says.map((says) => note("notices", says)) ?? [];
  return identify === undefined || identify.why === asGiven
    ? told
    : [
        note("identify", `clients identify with ${JSON.stringify(identify.identify)}: ${identify.why}`),
        ...told,
      ];
}

/** Returns the profile of these entries, or its errors. */
function build(entries: readonly ProfileEntry[]): Profile | string {
  try {
    return parseProfile(
      Object.fromEntries(entries.map(({ key, value }) => [key, value])),
      "the suggested profile",
    );
  } catch (error) {
    return messageOf(error);
  }
}

type Found = readonly DoctorFinding[];

/** Tries the transports, then the profile that results. Tells the findings of each step. */
async function tryAll(
  learned: TargetFacts,
  tell: (found: Found) => Found,
  onStep: (words: string) => void,
): Promise<Tried & { readonly found: Found }> {
  onStep("Whole sessions run on each transport.");
  const { sessions, found } = await tryTransports(learned);
  tell(found);
  onStep("Test sessions try the suggested profile.");
  const tried = await tryOut({ ...learned, sessions });
  return { ...tried, found: [...found, ...tell(tried.trouble)] };
}

/** Plays whole sessions with the profile suggested so far. Never rejects. */
async function tryTransports(
  learned: TargetFacts,
): Promise<{ readonly sessions: WholeSessions | undefined; readonly found: Found }> {
  const isUnread = learned.inferred?.notice === undefined && learned.given.notice === undefined;
  const built = isUnread
    ? "no notice was recognized, which each session would have to receive"
    : build(entriesOf(learned));
  if (typeof built === "string") return { sessions: undefined, found: [untried(built)] };
  try {
    const transports = transportsToTry(learned.look, built);
    const sessions = await watchWholeSessions(built, learned.target, transports);
    const found =
      sessions === undefined
        ? [untried("no session received a message, on any transport")]
        : sessionFindings(sessions, learned.given);
    return { sessions, found };
  } catch (error) {
    return { sessions: undefined, found: [untried(messageOf(error))] };
  }
}

/** Result of a test of the suggested profile. */
interface Tried {
  readonly works: boolean;
  readonly entries: ProfileEntry[];
  readonly endings: readonly TriedEnding[];
  readonly trouble: DoctorFinding[];
}

/** Makes a profile of the results, tests it, and learns the leave policy from the test. */
async function tryOut(learned: TargetFacts): Promise<Tried> {
  const first = entriesOf(learned);
  if (learned.inferred?.notice === undefined && learned.given.notice === undefined)
    return { works: false, entries: first, endings: [], trouble: [] };
  const built = build(first);
  if (typeof built === "string")
    return {
      works: false,
      entries: first,
      endings: [],
      trouble: [problem("profile", built, "fix the named entries by hand")],
    };
  try {
    const policy = await watchPolicy(built, learned.target);
    const entries = entriesOf({ ...learned, policy });
    const whole = build(entries);
    const looked = typeof whole === "string" ? undefined : await preflight(whole, learned.target);
    const tried = typeof whole === "string" ? whole : looked?.trouble?.words;
    const trouble = tried === undefined ? [] : [problem("profile", tried, "fix the entries below")];
    const isUntold = looked?.missesUnsubscribed === true;
    const isGiven = learned.given.announced !== undefined;
    return {
      works: tried === undefined,
      entries: isUntold && !isGiven ? [...entries, onlySubscribers] : entries,
      endings: looked?.endings ?? [],
      trouble: isUntold && isGiven ? [...trouble, contradicted] : trouble,
    };
  } catch (error) {
    return {
      works: false,
      entries: first,
      endings: [],
      trouble: [problem("profile", messageOf(error), "fix the entries below")],
    };
  }
}
