import type { Message, LifePhase } from "./received-messages.ts";
import { chooseMatch, compareRanks, holds, type Pair } from "./match.ts";
import { covers, type Pattern, type Reading } from "./reading.ts";
import { hasWord, shapeOf } from "./text.ts";
import { isPassing, quoted, speaksOf, type Sense } from "./words.ts";

const phaseOf: Readonly<Record<Sense, LifePhase>> = { leave: "ended", join: "identified" };

/** Text without the parts that a clock or a counter changes. */
const lasting = (text: string): string => text.replace(/\p{N}+/gu, "0");

/**
 * Returns every reading of messages of one sense that names nobody: the same text for all sessions, which never arrives
 * in another phase. A text without a telling word must arrive exactly once for each session.
 */
export function namelessReadings(
  sense: Sense,
  messages: readonly Message[],
  named: (message: Message) => boolean,
): Reading[] {
  const candidates = messages.filter((one) => one.phase === phaseOf[sense] && !named(one));
  const destinations = [...new Set(candidates.map(({ destination }) => destination))];
  return destinations
    .flatMap((destination) => {
      const here = messages.filter((one) => one.destination === destination);
      const own = candidates.filter((one) => one.destination === destination);
      const others = here.filter((one) => one.phase !== phaseOf[sense]);
      return [...byMatch(sense, own, others), ...byText(sense, own, others)];
    })
    .sort((a, b) => compareRanks(b.rank, a.rank));
}

function byMatch(sense: Sense, own: readonly Message[], others: readonly Message[]): Reading[] {
  return kindsOf(own).flatMap((positives) => {
    if (covers({ rests: positives }) < 2) return [];
    const usable = ([pointer, value]: Pair) => pointer !== "" && typeof value !== "number" && value !== null;
    const strangers = own.filter((one) => !positives.includes(one));
    const { match, matched, untold } = chooseMatch({
      sense,
      positives,
      negatives: others,
      strangers,
      usable,
    });
    if (untold.length > 0 || match.length === 0) return [];
    const word = match.some(([, value]) => typeof value === "string" && speaksOf(sense, value) === 1);
    const rests = own.filter((one) => holds(one, match));
    const pattern = { match: Object.fromEntries(match) };
    return readingOf(sense, matched, rests, pattern, word, (one) => holds(one, match));
  });
}

function byText(sense: Sense, own: readonly Message[], others: readonly Message[]): Reading[] {
  const texts = own.filter(({ content }) => content === undefined);
  return groupedBy(texts, ({ text }) => lasting(text)).flatMap((positives) => {
    const [first] = positives;
    if (first === undefined || covers({ rests: positives }) < 2) return [];
    const sessions = [...new Set(positives.map(({ session }) => session))];
    const shape = shapeOf(
      sessions.map((session) => positives.filter((one) => one.session === session).map(({ text }) => text)),
      null,
    );
    if (shape === undefined || !hasWord(shape.constant)) return [];
    const isSame = (one: Message) => one.content === undefined && shape.reads.test(one.text);
    if (others.some((one) => isSame(one) || lasting(one.text) === lasting(first.text))) return [];
    const word = speaksOf(sense, shape.constant) === 1;
    return readingOf(sense, positives, own.filter(isSame), shape.input, word, isSame);
  });
}

/** Returns a reading, if its messages have a telling word or arrive exactly once for each session. */
function readingOf(
  sense: Sense,
  [first]: readonly Message[],
  rests: readonly Message[],
  pattern: Pattern,
  word: boolean,
  isSame: (message: Message) => boolean,
): Reading[] {
  const sessions = covers({ rests });
  if (first === undefined || (!word && rests.length > sessions)) return [];
  const doubts = word
    ? []
    : [`That it is a ${sense} is known only by when it came: ${quoted(first.text)}. Look at it.`];
  return [
    {
      destination: first.destination,
      naming: null,
      pattern,
      rests,
      doubts,
      reads: (one) => (isSame(one) ? null : undefined),
      rank: [sessions, Number(word), -Object.keys(pattern).length],
    },
  ];
}

/** Groups messages that are alike except for changing parts. */
const kindsOf = (messages: readonly Message[]): Message[][] =>
  groupedBy(
    messages.filter(({ content }) => content !== undefined),
    ({ scalars }) =>
      JSON.stringify(
        [...scalars]
          .filter(([pointer, value]) => typeof value !== "number" && !isPassing(pointer, value))
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
  );

function groupedBy(messages: readonly Message[], keyOf: (message: Message) => string): Message[][] {
  const groups = new Map<string, Message[]>();
  for (const message of messages)
    groups.set(keyOf(message), [...(groups.get(keyOf(message)) ?? []), message]);
  return [...groups.values()];
}
