import { at } from "../../harness/util/json.ts";
import { nameIn, scalarsOf, type Message, type Naming, type Scalar } from "./heard.ts";
import { isPassing, saysKind } from "./words.ts";
import type { NoticeInput } from "./reading.ts";

/** A list on which a session stands from when it identifies until it ends. */
export interface Roster {
  readonly destination: string;
  readonly naming: Naming;
  readonly roster: NonNullable<NoticeInput["roster"]>;
  /** A list with a session and one without it. */
  readonly evidence: readonly [Message, Message];
}

/** Where lists are, and where their entries say who. */
interface Place {
  readonly destination: string;
  readonly list: string;
  readonly client: string;
  readonly naming: Naming;
}

/** The lists that show every session once it has identified, and none of them once it has ended; the best first. */
export function rostersIn(messages: readonly Message[], namings: readonly Naming[]): Roster[] {
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

/** Lists with names for keys, which show who is there as well, and can't be described. */
export function keyedBy(messages: readonly Message[], namings: readonly Naming[]): Message | undefined {
  return messages.find(
    ({ phase, session, text, content }) =>
      phase === "identified" &&
      content !== undefined &&
      namings.some(({ of }) => text.includes(`${JSON.stringify(of[session])}:`)),
  );
}

function placesIn(messages: readonly Message[], namings: readonly Naming[]): Place[] {
  const places = new Map<string, Place>();
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

/** A pointer as that of a list and that within its entry. */
function splitAtEntry(content: unknown, pointer: string): { list: string; client: string } | undefined {
  const parts = pointer.split("/");
  const end = parts.findIndex(
    (_, place) => place > 0 && Array.isArray(at(content, parts.slice(0, place).join("/"))),
  );
  if (end < 0) return undefined;
  const rest = parts.slice(end + 1);
  return { list: parts.slice(0, end).join("/"), client: rest.map((part) => `/${part}`).join("") };
}

/** The lists of each session must show it from some moment on, and from some moment after its end no more. */
function evidenceIn(lists: readonly Message[], place: Place): readonly [Message, Message] | undefined {
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

const listsName = ({ content }: Message, { list, client }: Place, name: string): boolean => {
  const entries = at(content, list);
  if (!Array.isArray(entries)) return false;
  return entries.some((entry: unknown) => {
    const found = client === "" ? scalarsOf(entry).get("") : scalarsOf(entry).get(client);
    return nameIn(found) === name;
  });
};

/** What some of the lists say of themselves, and others not; what says its kind first. */
function kindsOf(lists: readonly Message[], { list }: Place): (readonly [string, Scalar])[] {
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
