import { messagesOf, namingsOf, type Message, type Naming, type Watched } from "./received-messages.ts";
import { namedReadings } from "./named.ts";
import { namelessReadings } from "./nameless.ts";
import { covers, type NoticeInput, type Pattern, type Reading } from "./reading.ts";
import { rostersIn, type ObservedRoster } from "./roster.ts";
import { evidence, howNamed, mentions, says, whyNone } from "./evidence.ts";
import { isState, quoted } from "./words.ts";

export type { Watched } from "./received-messages.ts";

/** Notices of a target, inferred from a few sessions. */
export interface Inferred {
  /** Profile's `notice`; left out if no leave was found. */
  readonly notice?: NoticeInput;
  /** Topics of the notices, the profile's `topic` first; `{name}` stands for a value of the session. */
  readonly topics: readonly string[];
  /** Conclusions with their evidence, one line each. */
  readonly says: readonly string[];
  /** Uncertain or unknown facts, each with a remedy, one line each. */
  readonly unknown: readonly string[];
}

/**
 * Infers leave and join notices by comparing the messages around the lives of test sessions. Needs at least two sessions
 * with different clients, watched one after another. Never throws.
 */
export function inferNotice(watched: readonly Watched[]): Inferred {
  const namings = namingsOf(watched);
  if (watched.length < 2 || namings.length === 0)
    return nothing([
      "The notices: hangup must compare two sessions with different clients. Watch at least two.",
    ]);
  const messages = messagesOf(watched);
  const readings = namedReadings({ sense: "leave", messages, namings });
  const [best] = readings;
  if (best !== undefined) return ofEvents(withJoin(readings, messages, namings), readings, watched.length);
  const [roster] = rostersIn(messages, namings);
  if (roster !== undefined) return ofRoster(roster);
  const isNamed = (one: Message) => namings.some((naming) => mentions(one, naming));
  const [nameless, ...others] = namelessReadings("leave", messages, isNamed);
  if (nameless === undefined) return nothing(whyNone(messages, namings));
  const join = joinOf(nameless, messages, namings);
  const rivals = others.filter((one) => one.rank[1] === nameless.rank[1] && !sameText(one, nameless));
  const rivalLines = rivals.map(
    (one) => `Another message came after each end, and is ignored: ${evidence(one)}.`,
  );
  const inferred = ofEvents({ leave: nameless, join }, [nameless], watched.length);
  return { ...inferred, unknown: [...inferred.unknown, ...rivalLines] };
}

interface Both {
  readonly leave: Reading;
  readonly join: Reading | undefined;
}

const nothing = (unknown: string[]): Inferred => ({ topics: [], says: [], unknown });
const sameText = (a: Reading, b: Reading): boolean => evidence(a) === evidence(b);
const sameForm = (a: Reading, b: Reading): boolean =>
  a.naming === b.naming && JSON.stringify(a.pattern) === JSON.stringify(b.pattern);

/** Returns, of several topics with the same leave, the one with joins. */
function withJoin(
  readings: readonly Reading[],
  messages: readonly Message[],
  namings: readonly Naming[],
): Both {
  const pairs = readings
    .filter((one) => readings[0] !== undefined && sameForm(one, readings[0]))
    .map((leave) => ({ leave, join: joinOf(leave, messages, namings) }));
  const together = pairs.find(({ leave, join }) => join?.destination === leave.destination);
  const [first] = pairs;
  if (first === undefined) throw new Error("there is no reading to find a join for");
  return together ?? first;
}

/** Returns the join that names clients in the same way as the leave, preferably in the same place and form. */
function joinOf(
  leave: Reading,
  messages: readonly Message[],
  namings: readonly Naming[],
): Reading | undefined {
  const { naming, destination, pattern } = leave;
  const readBefore = (one: Message) => one.destination === destination && leave.reads(one) !== undefined;
  const fits = (one: Reading) =>
    2 * Number(one.destination === destination) +
    Number(naming !== null && one.pattern.client === pattern.client && one.pattern.at === pattern.at);
  const best = (readings: readonly Reading[]) => [...readings].sort((a, b) => fits(b) - fits(a))[0];
  if (naming === null) {
    const named = best(namedReadings({ sense: "join", messages, namings, readBefore }));
    const [nameless] = namelessReadings("join", messages, () => false);
    return nameless ?? (named === undefined ? undefined : withoutName(named));
  }
  const asked = { sense: "join", messages, namings: [naming] } as const;
  return best(namedReadings(asked)) ?? best(namedReadings({ ...asked, readBefore }));
}

/** Returns a reading without its name; undefined if its text alone shows the kind of message. */
function withoutName(reading: Reading): Reading | undefined {
  const { match, text, pattern: expression } = reading.pattern;
  return match === undefined || (text ?? expression) !== undefined
    ? undefined
    : {
        ...reading,
        naming: null,
        pattern: { match },
        reads: (one) => (reading.reads(one) === undefined ? undefined : null),
      };
}

function ofEvents({ leave, join }: Both, readings: readonly Reading[], sessions: number): Inferred {
  const apart = join !== undefined && join.destination !== leave.destination;
  const placed = ({ destination, pattern }: Reading): Pattern =>
    apart || (pattern.match ?? pattern.text ?? pattern.pattern) === undefined
      ? { topic: destination, ...pattern }
      : pattern;
  const repeats = isTold(leave, join);
  const key = leave.naming?.key ?? "client";
  const elsewhere = readings.filter((one) => one.destination !== leave.destination && sameForm(one, leave));
  const rivals = readings.filter(
    (one) => !sameForm(one, leave) && sameText(one, leave) && ranksAs(one, leave),
  );
  return {
    notice: {
      ...(join === undefined ? {} : { join: placed(join) }),
      leave: placed(leave),
      ...(key === "client" ? {} : { names: `{${key}}` }),
      ...(repeats ? { repeats } : {}),
    },
    topics: apart ? [leave.destination, join.destination] : [leave.destination],
    says: [
      says("leave", leave),
      ...(join === undefined ? [] : [says("join", join)]),
      ...(repeats ? ["It is a state, which may be repeated without another leave (`repeats`)."] : []),
      ...elsewhere.map(
        ({ destination }) => `The same leave is announced on ${destination}, too, which is ignored.`,
      ),
      ...rivals.slice(0, 3).map((one) => `${howNamed(one)}, too; the other reading was chosen.`),
    ],
    unknown: [
      ...(join === undefined ? [noJoin] : []),
      ...leave.doubts,
      ...(join?.doubts ?? []),
      ...seldomAndTwice(leave, sessions, repeats),
    ],
  };
}

const noJoin =
  "The join notice: none was found that names clients like the leave. Leave `notice.join` out, or describe it.";

const ranksAs = (a: Reading, b: Reading): boolean => a.rank.slice(0, 4).join() === b.rank.slice(0, 4).join();

function seldomAndTwice(leave: Reading, sessions: number, repeats: boolean): string[] {
  const told = covers(leave);
  const lines: string[] = [];
  if (told < sessions)
    lines.push(
      `Only ${String(told)} of ${String(sessions)} sessions were reported gone: run again, with more time after each end.`,
    );
  if (leave.naming !== null && leave.rests.length > told && !repeats)
    lines.push(
      `A leave was announced twice. That is a defect, unless it is intended; then set \`notice.repeats\` to true.`,
    );
  return lines;
}

/** Returns true if leave and join are two values of one state. */
function isTold({ pattern }: Reading, join: Reading | undefined): boolean {
  return Object.entries(pattern.match ?? {}).some(([pointer, value]) => {
    const there = join?.pattern.match?.[pointer];
    return isState(pointer, value) && (there === undefined || there !== value);
  });
}

function ofRoster({ destination, naming, roster, evidence: [there, missing] }: ObservedRoster): Inferred {
  const { list, client } = roster;
  const where =
    list === ""
      ? "The message"
      : `What is at ${[list].flat().join(" and ").replace(/\/\*$/, "") || "the top"}`;
  return {
    notice: { roster, ...(naming.key === "client" ? {} : { names: `{${naming.key}}` }) },
    topics: [destination],
    says: [
      `${where} on ${destination} is a list of the present clients: ${quoted(there.text)}, and after the end ${quoted(missing.text)}.`,
      `${client === "key" ? "The key of an entry is" : "An entry holds"} ${naming.key === "client" ? "the name that the client identified with" : `its ${naming.key}`}${client === "" || client === "key" ? "" : ` at ${client}`}.`,
    ],
    unknown: [],
  };
}
