import { nameIn, type Message, type Scalar } from "./received-messages.ts";
import { isPassing, saysKind, saysState, saysWhy, speaksOf, type Sense } from "./words.ts";

export type Pair = readonly [pointer: string, value: Scalar];

export interface MatchQuestion {
  readonly sense: Sense;
  /** Messages of which each session has some that must match. */
  readonly positives: readonly Message[];
  /** Messages that must not match. */
  readonly negatives: readonly Message[];
  /** Messages of other clients, which may be notices, too. */
  readonly strangers: readonly Message[];
  /** Tells if a scalar may be part of the match. A name may not. */
  readonly usable: (pair: Pair) => boolean;
}

export interface MatchResult {
  readonly match: readonly Pair[];
  readonly matched: readonly Message[];
  /** Negatives that no match separates from the positives. */
  readonly untold: readonly Message[];
}

/** Returns true if a message holds all of the pairs. */
export const holds = ({ scalars }: Message, match: readonly Pair[]): boolean =>
  match.every(([pointer, value]) => scalars.has(pointer) && scalars.get(pointer) === value);

/**
 * Returns the fewest pairs of pointer and value that hold in each session's notice and in no other message. The pairs
 * come from what all sessions share. Values that vary by nature (a time, a count, a cause) come last or not at all.
 */
export function chooseMatch(question: MatchQuestion): MatchResult {
  const match: Pair[] = [];
  let { positives, negatives, strangers } = question;
  const pairs = commonPairs(question);
  while (negatives.length > 0 || !match.some((pair) => isTelling(question.sense, pair))) {
    const best = pairs
      .filter((pair) => !match.includes(pair) && coversAll(question.positives, positives, pair))
      .map((pair) => ({ pair, rank: rankOf(question.sense, pair, negatives, strangers) }))
      .filter(({ pair, rank }) => isOfUse(question.sense, pair, rank, negatives.length, match.length))
      .sort((a, b) => compareRanks(b.rank, a.rank))[0]?.pair;
    if (best === undefined) break;
    match.push(best);
    const keep = (message: Message) => holds(message, [best]);
    positives = positives.filter(keep);
    negatives = negatives.filter(keep);
    strangers = strangers.filter(keep);
  }
  const needed = withoutSpare(match, question.negatives, negatives.length, question.sense);
  return {
    match: needed,
    matched: question.positives.filter((one) => holds(one, needed)),
    untold: negatives,
  };
}

/** Returns true if the pair alone shows the kind of message. */
export const isTelling = (sense: Sense, [pointer, value]: Pair): boolean =>
  (typeof value === "string" && speaksOf(sense, value) === 1) ||
  (typeof value === "boolean" && (saysState(pointer) || saysKind(pointer)));

type Rank = readonly [good: number, told: number, word: number, strangers: number, key: number, near: number];

const isGood = ([pointer, value]: Pair): boolean =>
  (typeof value === "string" || typeof value === "boolean") && !saysWhy(pointer);

function rankOf(
  sense: Sense,
  pair: Pair,
  negatives: readonly Message[],
  strangers: readonly Message[],
): Rank {
  const [pointer, value] = pair;
  const without = (messages: readonly Message[]) => messages.filter((one) => !holds(one, [pair])).length;
  return [
    Number(isGood(pair)),
    without(negatives),
    typeof value === "string" ? speaksOf(sense, value) : 0,
    without(strangers),
    saysKind(pointer) ? 2 : saysState(pointer) ? 1 : 0,
    -pointer.length,
  ];
}

function isOfUse(sense: Sense, pair: Pair, rank: Rank, negatives: number, chosen: number): boolean {
  const [good, told, , strangers] = rank;
  if (negatives > 0) return told > 0;
  if (good === 0) return false;
  if (isTelling(sense, pair)) return true;
  // Messages of strangers may have another cause or language. Only the kind of message is safe to add.
  const isKind = saysKind(pair[0]);
  return chosen === 0 ? isKind || strangers > 0 : strangers > 0 && (isKind || saysState(pair[0]));
}

export function compareRanks(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((value, index) => value !== b[index]);
  return place < 0 ? 0 : (a[place] ?? 0) - (b[place] ?? 0);
}

/** Returns pairs that at least one message of each session has. */
function commonPairs({ positives, usable }: MatchQuestion): Pair[] {
  const [first] = positives;
  if (first === undefined) return [];
  const found = new Map<string, Pair>();
  for (const { session, scalars } of positives) {
    if (session !== first.session) continue;
    for (const pair of scalars)
      if (nameIn(pair[1]) !== "" && !isPassing(...pair) && usable(pair))
        found.set(JSON.stringify(pair), pair);
  }
  return [...found.values()].filter((pair) => coversAll(positives, positives, pair));
}

function coversAll(all: readonly Message[], left: readonly Message[], pair: Pair): boolean {
  const sessions = new Set(all.map(({ session }) => session));
  for (const message of left) if (holds(message, [pair])) sessions.delete(message.session);
  return sessions.size === 0;
}

/** A later pair may make an earlier one redundant. */
function withoutSpare(match: Pair[], negatives: readonly Message[], untold: number, sense: Sense): Pair[] {
  return match.reduce<Pair[]>((kept, pair) => {
    const rest = kept.filter((other) => other !== pair);
    const spare =
      rest.length > 0 &&
      !isTelling(sense, pair) &&
      negatives.length > 0 &&
      negatives.filter((one) => holds(one, rest)).length === untold;
    return spare ? rest : kept;
  }, match);
}
