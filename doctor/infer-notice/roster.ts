import { at } from "../../harness/util/json.ts";
import { nameIn, scalarsOf, type Message, type Naming, type Scalar } from "./received-messages.ts";
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

/** Places of lists in messages, and of names in their entries. */
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
      (one) => one.destination === place.destination && Array.isArray(at(one.content, place.list)),
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

/** Returns lists with names for keys. They show presence, too, but no profile can describe them. */
export function keyedBy(messages: readonly Message[], namings: readonly Naming[]): Message | undefined {
  return messages.find(
    ({ phase, session, text, content }) =>
      phase === "identified" &&
      content !== undefined &&
      namings.some(({ of }) => text.includes(`${JSON.stringify(of[session])}:`)),
  );
}

function placesIn(messages: readonly Message[], namings: readonly Naming[]): RosterPlace[] {
  const places = new Map<string, RosterPlace>();
  for (const { destination, session, scalars, content, phase } of messages) {
    if (phase !== "identified") continue;
    for (const [pointer, value] of scalars)
      for (const naming of namings) {
        if (nameIn(value) !== naming.of[session]) continue;
        const split = splitAtEntry(content, pointer);
        if (split === undefined) continue;
        const place = { destination, naming, ...split };
        places.set(JSON.stringify([destination, naming.key, split]), place);
      }
  }
  return [...places.values()].sort((a, b) => namings.indexOf(a.naming) - namings.indexOf(b.naming));
}

/** Splits a pointer into that of a list and that within its entry. */
function splitAtEntry(content: unknown, pointer: string): { list: string; client: string } | undefined {
  const parts = pointer.split("/");
  const end = parts.findIndex(
    (_, place) => place > 0 && Array.isArray(at(content, parts.slice(0, place).join("/"))),
  );
  if (end < 0) return undefined;
  const rest = parts.slice(end + 1);
  return { list: parts.slice(0, end).join("/"), client: rest.map((part) => `/${part}`).join("") };
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

const listsName = ({ content }: Message, { list, client }: RosterPlace, name: string): boolean => {
  const entries = at(content, list);
  if (!Array.isArray(entries)) return false;
  return entries.some((entry: unknown) => {
    const found = client === "" ? scalarsOf(entry).get("") : scalarsOf(entry).get(client);
    return nameIn(found) === name;
  });
};

/** Returns values that only some lists have, the kind of message first. */
function kindsOf(lists: readonly Message[], { list }: RosterPlace): (readonly [string, Scalar])[] {
  const pairs = new Map<string, readonly [string, Scalar]>();
  for (const { scalars } of lists)
    for (const pair of scalars)
      if (
        !pair[0].startsWith(`${list}/`) &&
        pair[0] !== "" &&
        !isPassing(...pair) &&
        typeof pair[1] !== "number"
      )
        pairs.set(JSON.stringify(pair), pair);
  return [...pairs.values()].sort(
    ([a], [b]) => Number(saysKind(b)) - Number(saysKind(a)) || a.length - b.length,
  );
}
