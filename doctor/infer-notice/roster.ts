import { at } from "../../harness/util/json.ts";
import { namesOn } from "../../harness/history/roster-names.ts";
import { escaped, nameIn, type Message, type Naming, type Scalar } from "./received-messages.ts";
import { isPassing, saysKind } from "./words.ts";
import type { NoticeInput } from "./reading.ts";

/** List that holds a session from its identify message until its end. */
export interface ObservedRoster {
  readonly destination: string;
  readonly naming: Naming;
  readonly roster: NonNullable<NoticeInput["roster"]>;
  /** Lists with a session and without it. */
  readonly evidence: readonly [Message, Message];
}

/** Places of the entries in messages, and of names in them, as a profile describes them. */
interface RosterPlace {
  readonly destination: string;
  readonly list: string;
  readonly client: string;
  readonly naming: Naming;
}

/** Returns the lists that hold every session after it identified, and none after it ended; the best first. */
export function rostersIn(messages: readonly Message[], namings: readonly Naming[]): ObservedRoster[] {
  return placesIn(messages, namings).flatMap((place) => {
    const lists = messages.filter(
      (one) => one.destination === place.destination && namesOn(one.content, place) !== undefined,
    );
    const matches: (readonly [string, Scalar] | undefined)[] = [undefined, ...kindsOf(lists, place)];
    const fitting = matches.flatMap((match) => {
      const own = match === undefined ? lists : lists.filter((one) => one.scalars.get(match[0]) === match[1]);
      const evidence = evidenceIn(own, place);
      return evidence === undefined ? [] : [{ match, evidence }];
    });
    const [best] = fitting;
    if (best === undefined) return [];
    const { destination, naming, list, client } = place;
    const match = best.match === undefined ? {} : { match: Object.fromEntries([best.match]) };
    return [{ destination, naming, roster: { ...match, list, client }, evidence: best.evidence }];
  });
}

function placesIn(messages: readonly Message[], namings: readonly Naming[]): RosterPlace[] {
  const places = new Map<string, { place: RosterPlace; keys: Set<string> }>();
  const note = (place: RosterPlace, key: string) => {
    const { destination, naming, list, client } = place;
    const id = JSON.stringify([destination, naming.key, list, client]);
    const noted = places.get(id) ?? { place, keys: new Set() };
    places.set(id, noted);
    noted.keys.add(key);
  };
  for (const { destination, session, scalars, content, phase } of messages) {
    if (phase !== "identified") continue;
    for (const naming of namings) {
      const name = naming.of[session] ?? "";
      for (const [pointer, value] of scalars)
        if (nameIn(value) === name)
          for (const { key, ...split } of splitsAt(content, pointer))
            note({ destination, naming, ...split }, key);
      for (const list of objectsWithKey(content, name))
        note({ destination, naming, list, client: "key" }, name);
    }
  }
  // Ids differ from session to session. A key that stays is no id, and "" stands for a list.
  return [...places.values()]
    .filter(({ keys }) => keys.has("") || keys.size > 1)
    .map(({ place }) => place)
    .sort((a, b) => namings.indexOf(a.naming) - namings.indexOf(b.naming));
}

/**
 * Splits the pointer of a name into that of a list and that within its entry. Without a list, every object above may hold entries
 * by their ids; `key` is the id.
 */
function splitsAt(content: unknown, pointer: string): { list: string; client: string; key: string }[] {
  const parts = pointer.split("/");
  const before = (place: number) => parts.slice(0, place).join("/");
  const after = (place: number) =>
    parts
      .slice(place + 1)
      .map((part) => `/${part}`)
      .join("");
  const end = parts.findIndex((_, place) => place > 0 && Array.isArray(at(content, before(place))));
  if (end > 0) return [{ list: before(end), client: after(end), key: "" }];
  return parts
    .slice(1)
    .map((key, place) => ({ list: `${before(place + 1)}/*`, client: after(place + 1), key }));
}

/** Limit of the objects to search. */
const objectsMax = 2_000;

/** Returns the places of the values of each object that has this key. */
function objectsWithKey(content: unknown, key: string): string[] {
  const open = [{ pointer: "", value: content }];
  const found: string[] = [];
  for (const { pointer, value } of open) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) continue;
    if (Object.hasOwn(value, key)) found.push(`${pointer}/*`);
    const room = Math.max(objectsMax - open.length, 0);
    for (const [name, inner] of Object.entries(value).slice(0, room))
      open.push({ pointer: `${pointer}/${escaped(name)}`, value: inner as unknown });
  }
  return found;
}

/** Returns true if the lists hold the session from some moment on, and no longer from some moment after its end. */
function evidenceIn(lists: readonly Message[], place: RosterPlace): readonly [Message, Message] | undefined {
  const sessions = place.naming.of.map((name, session) => {
    const own = lists.filter((one) => one.session === session);
    const shows = (one: Message) => listsName(one, place, name);
    const [before, after] = (["identified", "ended"] as const).map((phase) => {
      return own.filter((one) => one.phase === phase);
    });
    const from = before?.findIndex(shows) ?? -1;
    const gone = after?.findIndex((one) => !shows(one)) ?? -1;
    const there = before?.[from];
    const missing = after?.[gone];
    if (there === undefined || missing === undefined) return undefined;
    const steady = before?.slice(from).every(shows) === true && after?.slice(gone).some(shows) === false;
    return steady ? ([there, missing] as const) : undefined;
  });
  return sessions.includes(undefined) ? undefined : sessions[0];
}

const listsName = ({ content }: Message, place: RosterPlace, name: string): boolean =>
  namesOn(content, place)?.has(name) === true;

/** Returns values that only some lists have, the kind of message first. */
function kindsOf(lists: readonly Message[], { list }: RosterPlace): (readonly [string, Scalar])[] {
  const pairs = new Map<string, readonly [string, Scalar]>();
  for (const { scalars } of lists)
    for (const pair of scalars)
      if (
        !pair[0].startsWith(`${list.replace(/\/\*$/, "")}/`) &&
        pair[0] !== "" &&
        !isPassing(...pair) &&
        typeof pair[1] !== "number"
      )
        pairs.set(JSON.stringify(pair), pair);
  return [...pairs.values()].sort(
    ([a], [b]) => Number(saysKind(b)) - Number(saysKind(a)) || a.length - b.length,
  );
}
