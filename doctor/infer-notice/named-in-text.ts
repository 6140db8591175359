import type { Message } from "./received-messages.ts";
import { chooseMatch, holds, type Pair } from "./match.ts";
import { covers, type Reading } from "./reading.ts";
import { nearness, ownName, usableFor, type NameQuestion, type NamePlace } from "./name-place.ts";
import { hasWord, shapeOf } from "./text.ts";
import { speaksOf } from "./words.ts";

/**
 * Returns the reading of texts that contain the name, if the texts of all sessions are alike. Texts that are also about
 * living sessions count only if something else in the message separates them.
 */
export function byText(spot: NamePlace, asked: NameQuestion): Reading[] {
  const { destination, naming, pointer, positives } = spot;
  const lasting = (one: Message) =>
    String(textAt(one, pointer))
      .replaceAll(ownName(one, naming), "\0")
      .replace(/\p{N}+/gu, "0");
  const living = asked.messages.filter((one) => one.destination === destination && one.phase !== "ended");
  const alsoLiving = new Set(asked.sense === "join" ? [] : living.map(lasting));
  const only = readingOf(
    spot,
    asked,
    positives.filter((one) => !alsoLiving.has(lasting(one))),
  );
  return only.length > 0 || pointer === undefined ? only : readingOf(spot, asked, positives);
}

const textAt = (one: Message, pointer: string | undefined): unknown =>
  pointer === undefined ? one.text : one.scalars.get(pointer);

function readingOf(spot: NamePlace, asked: NameQuestion, texts: readonly Message[]): Reading[] {
  const { destination, naming, pointer, positives } = spot;
  const { sense, messages, namings, readBefore } = asked;
  const textOf = (one: Message) => textAt(one, pointer);
  const sessions = [...new Set(texts.map(({ session }) => session))];
  if (sessions.length < 2) return [];
  const textsOf = (session: number) =>
    texts.filter((one) => one.session === session).map((one) => String(textOf(one)));
  const names = sessions.map((session) => naming.of[session] ?? "");
  const shape = shapeOf(sessions.map(textsOf), names);
  if (shape === undefined) return [];
  const here = messages.filter((one) => one.destination === destination);
  const read = (one: Message) => {
    const text = textOf(one);
    return typeof text === "string" ? shape.reads.exec(text)?.groups?.["client"] : undefined;
  };
  const fitting = positives.filter((one) => read(one) === ownName(one, naming));
  const wrong = here.filter((one) => {
    return !fitting.includes(one) && read(one) === ownName(one, naming) && readBefore?.(one) !== true;
  });
  const others = here.filter((one) => !fitting.includes(one) && !wrong.includes(one));
  const question = {
    sense,
    positives: fitting,
    negatives: wrong,
    // Anybody may send such a text, so the kind of message counts even for other texts.
    strangers: pointer === undefined ? [] : others.filter((one) => typeof textOf(one) === "string"),
    usable: (pair: Pair) => pointer !== undefined && usableFor(namings, pointer)(pair),
  };
  const { match, untold } = chooseMatch(question);
  const anything = !hasWord(shape.constant) && others.some((one) => read(one) !== undefined);
  if (anything || untold.length > 0) return [];
  const isJsonAsText = pointer === undefined && positives.some(({ content }) => content !== undefined);
  return [
    {
      destination,
      naming,
      pattern: {
        ...(match.length === 0 ? {} : { match: Object.fromEntries(match) }),
        ...(pointer === undefined ? {} : { at: pointer }),
        ...shape.input,
      },
      rests: fitting.filter((one) => holds(one, match)),
      doubts: isJsonAsText
        ? [`JSON is read as a text for a ${sense}, since no value in it says what is told.`]
        : [],
      reads: (one) => (holds(one, match) ? read(one) : undefined),
      rank: [
        covers({ rests: fitting }),
        isJsonAsText ? 1 : 2,
        Math.max(0, speaksOf(sense, shape.constant)),
        ...nearness(spot, match),
      ],
    },
  ];
}
