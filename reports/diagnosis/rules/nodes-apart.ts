import { ofKind } from "../../../harness/history/events/events.ts";
import { personOf, sessionsOf, type Session } from "../../../harness/history/sessions/sessions.ts";
import type { CaseRecord } from "../../../harness/judge/record.ts";
import { groupBy } from "../../read/record-queries.ts";
import type { Rule } from "../cause.ts";

/** Two groups of clients need this many pairs of observer and client with all notices, and this many with none. */
const wholeMin = 3;
const nothingMin = 5;

/** Largest share of clients of whom an observer heard the join or the leave alone. A late notice may be among them. */
const tornMax = 0.05;

/**
 * Each client hears everything of some clients and nothing of the others, from the join to the leave. That is how a server with several
 * nodes behaves if each node tells its own clients only.
 */
export const nodesApart: Rule = {
  class: "several-nodes",
  look({ record, cells }) {
    if (!cells.some(({ failed }) => failed)) return undefined;
    const heard = record.cases.flatMap(hearingsIn);
    const of = (answer: Hearing["answer"]) => heard.filter((one) => one.answer === answer);
    const [whole, nothing, torn] = [of("whole"), of("nothing"), of("torn")];
    if (whole.length < wholeMin || nothing.length < nothingMin) return undefined;
    if (torn.length > tornMax * (whole.length + nothing.length)) return undefined;
    // Between two transports a server may have a wall of another kind.
    const transports = new Set(whole.map(({ transport }) => transport));
    if (nothing.filter(({ transport }) => transports.has(transport)).length < nothingMin) return undefined;
    if (isInconsistent(heard)) return undefined;
    return {
      sentence:
        "It looks like several nodes that don't share a broker: each client hears everything of some clients, and nothing of the others, neither join nor leave. Let the nodes share one broker (in Spring: enableStompBrokerRelay in place of enableSimpleBroker), or run one node.",
      isShown: true,
      predict: ({ check }) => (restsOnHearing.has(check) ? "either" : "unknown"),
    };
  },
};

/** Checks that fail if an observer hears nothing of a client. */
const restsOnHearing: ReadonlySet<string> = new Set([
  "back-in-time",
  "heard-by-all",
  "in-phase",
  "join-before-leave",
  "joined-once-each",
  "leaves-no-ghost",
  "left-inside-window",
  "let-in",
  "lives-on",
  "no-drift",
  "sentinel-told",
  "told-in-time",
]);

/** Notices of one client that one observer received. */
interface Hearing {
  readonly caseId: string;
  readonly leaver: string;
  readonly observer: string;
  readonly answer: "whole" | "nothing" | "torn";
  /** Transports of both. */
  readonly transport: string;
}

/** Returns what each observer heard of each client that joined after it had subscribed and left in its presence. */
function hearingsIn(run: CaseRecord): Hearing[] {
  const events = run.timeline ?? [];
  const sessions = sessionsOf(events);
  const notices = ofKind(events, "notice");
  const ends = [
    ...run.detections.map((one) => ({ ...one, left: true })),
    ...(run.missed ?? []).map((one) => ({ ...one, left: false })),
  ];
  return ends.flatMap(({ actor, observer, left }): Hearing[] => {
    const watcher = sessions.find((session) => session.actor === observer);
    const leaver = sessions.find((session) => session.actor === actor);
    const client = leaver === undefined ? undefined : personOf(leaver);
    if (leaver === undefined || watcher === undefined || client === undefined) return [];
    // Several sessions of one name may be on several nodes.
    if (sessions.filter((session) => personOf(session) === client).length > 1) return [];
    if (!isSubscribedBefore(watcher, leaver)) return [];
    const received = notices.filter((notice) => notice.actor === observer);
    // An observer that receives nothing at all is deaf, not on another node.
    if (received.length === 0) return [];
    const joined = received.some(({ event, client: named }) => event === "join" && named === client);
    const answer = joined && left ? "whole" : joined || left ? "torn" : "nothing";
    const transport = `${leaver.opened.transport} ${watcher.opened.transport}`;
    return [{ caseId: run.id, leaver: actor, observer, answer, transport }];
  });
}

const isSubscribedBefore = ({ subscribed }: Session, { identified }: Session): boolean =>
  subscribed !== undefined && identified[0] !== undefined && subscribed.index < identified[0].index;

/** Returns true if two observers of a case hear the same of one client, and something else of another: they are not on fixed nodes. */
function isInconsistent(heard: readonly Hearing[]): boolean {
  let [stable, unstable] = [0, 0];
  for (const own of groupBy(heard, ({ caseId }) => caseId).values()) {
    const answers = new Map(own.map(({ leaver, observer, answer }) => [`${leaver} ${observer}`, answer]));
    const leavers = [...new Set(own.map(({ leaver }) => leaver))];
    const observers = [...new Set(own.map(({ observer }) => observer))];
    for (const [place, a] of observers.entries())
      for (const b of observers.slice(place + 1)) {
        const pairs = leavers.map((leaver) => [answers.get(`${leaver} ${a}`), answers.get(`${leaver} ${b}`)]);
        const together = pairs.some(([one, other]) => one === "whole" && other === "whole");
        const apart = pairs.some(([one, other]) => one !== undefined && other !== undefined && one !== other);
        if (together && apart) unstable += 1;
        else if (together || apart) stable += 1;
      }
  }
  return unstable > tornMax * (stable + unstable);
}
