import { nameIn, type Message, type Naming, type LifePhase } from "./received-messages.ts";
import { chooseMatch, compareRanks, holds, isTelling, type Pair } from "./match.ts";
import { byText } from "./named-in-text.ts";
import { covers, type Reading } from "./reading.ts";
import { nearness, ownName, usableFor, type NameQuestion, type NamePlace } from "./name-place.ts";
import { placesOf } from "./text.ts";
import { quoted, saysCause, type Sense } from "./words.ts";

const phaseOf: Readonly<Record<Sense, LifePhase>> = { leave: "ended", join: "identified" };

/** Returns every reading of messages of one sense that names the session, the best first. */
export function namedReadings(asked: NameQuestion): Reading[] {
  return spotsIn(asked)
    .filter(({ positives }) => covers({ rests: positives }) >= 2)
    .flatMap((spot) =>
      spot.whole && spot.pointer !== undefined ? byPointer(spot, asked) : byText(spot, asked),
    )
    .sort((a, b) => compareRanks(b.rank, a.rank));
}

function spotsIn({ sense, messages, namings }: NameQuestion): NamePlace[] {
  const spots = new Map<string, NamePlace>();
  const add = (message: Message, naming: Naming, pointer: string | undefined, whole: boolean) => {
    const { destination } = message;
    const id = JSON.stringify([destination, naming.key, pointer ?? null, whole]);
    const spot = spots.get(id) ?? { destination, naming, pointer, whole, positives: [] };
    spots.set(id, spot);
    spot.positives.push(message);
  };
  for (const message of messages.filter(({ phase }) => phase === phaseOf[sense]))
    for (const naming of namings) {
      const own = ownName(message, naming);
      for (const [pointer, value] of message.scalars)
        if (nameIn(value) === own) add(message, naming, pointer, true);
        else if (typeof value === "string" && placesOf(value, own).length > 0)
          add(message, naming, pointer, false);
      if (placesOf(message.text, own).length > 0) add(message, naming, undefined, false);
    }
  return [...spots.values()];
}

function byPointer(spot: NamePlace, { sense, messages, namings, readBefore }: NameQuestion): Reading[] {
  const { destination, naming, pointer = "", positives } = spot;
  const here = messages.filter((one) => one.destination === destination && !positives.includes(one));
  const named = (one: Message) => nameIn(one.scalars.get(pointer));
  const isStranger = (one: Message) => one.scalars.has(pointer) && named(one) !== ownName(one, naming);
  const question = {
    sense,
    positives,
    negatives: here.filter((one) => !isStranger(one) && readBefore?.(one) !== true),
    strangers: here.filter(isStranger),
    usable: usableFor(namings, pointer),
  };
  const { match, matched, untold } = chooseMatch(question);
  const live = untold.filter((one) => named(one) !== null);
  if (live.length > 0) return [];
  const cause = causeAt(matched);
  const nameless = untold
    .slice(0, 1)
    .map(({ text }) => `Also read as a ${sense}, of nobody: ${quoted(text)}`);
  const listed = isInList(matched, pointer)
    ? [
        `Only one entry of a list is read for a ${sense}, at ${pointer}; if a list may hold several, describe it by hand.`,
      ]
    : [];
  return [
    {
      destination,
      naming,
      pattern: {
        ...(match.length === 0 ? {} : { match: Object.fromEntries(match) }),
        client: pointer,
        ...(cause === undefined || sense === "join" ? {} : { cause }),
      },
      rests: matched,
      doubts: [...nameless, ...listed],
      reads: (one) => (holds(one, match) ? named(one) : undefined),
      rank: [
        covers({ rests: matched }),
        untold.length === 0 ? 3 : 0,
        Math.max(0, ...match.map((pair) => wordIn(sense, pair))),
        ...nearness(spot, match),
      ],
    },
  ];
}

const wordIn = (sense: Sense, pair: Pair): number => Number(isTelling(sense, pair));

function causeAt(messages: readonly Message[]): string | undefined {
  const [first] = messages;
  const places = [...(first?.scalars ?? [])].filter(([pointer]) => saysCause(pointer));
  return places.find(([pointer]) =>
    messages.every(({ scalars }) => typeof scalars.get(pointer) === "string"),
  )?.[0];
}

/** Returns true for a pointer through a list of objects, which may hold further entries. */
function isInList([first]: readonly Message[], pointer: string): boolean {
  const parts = pointer.split("/").slice(1, -1);
  let here: unknown = first?.content;
  for (const part of parts) {
    if (Array.isArray(here)) return true;
    here = typeof here === "object" && here !== null ? (here as Record<string, unknown>)[part] : undefined;
  }
  return false;
}
