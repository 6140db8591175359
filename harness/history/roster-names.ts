import { at, partsOf } from "../util/json.ts";
import { matches, nameIn } from "./matched-json.ts";
import type { NoticePatterns } from "./notice-kind.ts";

/** Places of the names in a roster. */
export type RosterPlaces = Omit<NonNullable<NoticePatterns["roster"]>, "topic">;

/** Entry of a roster. */
interface Entry {
  readonly value: unknown;
  /** Latest key for which `*` stands; undefined in a list. */
  readonly key: string | undefined;
  /** List or object that holds the entry. An entry at a place of its own has an object of its own. */
  readonly list: object;
}

/**
 * Returns the names on a roster, each with its number of entries; undefined if the content is no such roster. A name on several
 * lists, such as a host who is also a guest, counts as often as on the list that holds it most.
 */
export function namesOn(
  content: unknown,
  { match, list, client, present = {} }: RosterPlaces,
): Map<string, number> | undefined {
  if (match !== undefined && !matches(content, match)) return undefined;
  const pointers = (typeof list === "string" ? [list] : list).map(partsOf);
  // The only place without `*` holds a list. Other places may also hold single entries.
  const takesSingle = typeof list !== "string" || pointers.some((parts) => parts.includes("*"));
  const read: ReadPlace = (place) => (client === "key" ? [place] : entriesIn(place, takesSingle));
  const found = pointers.map((parts) =>
    entriesAt({ value: content, key: undefined, list: parts }, parts, read),
  );
  if (found.every((entries) => entries === undefined)) return undefined;
  const entries = found.flatMap((some) => some ?? []);
  const named = entries.flatMap((entry) => {
    const name = nameOf(entry, client, takesSingle);
    return name === null ? [] : [{ ...entry, name }];
  });
  // A list may hold entries without a name. A list without any name is another list.
  if (named.length === 0 && entries.length > 0) return undefined;
  return countsOf(named.filter(({ value }) => matches(value, present)));
}

/** Returns the entries at one place; undefined if there are none by its form. */
type ReadPlace = (place: Entry) => Entry[] | undefined;

/** Returns the entries at all places of a pointer with `*`; undefined if no such place exists. */
function entriesAt(here: Entry, [part, ...rest]: readonly string[], read: ReadPlace): Entry[] | undefined {
  const { value } = here;
  if (part === undefined) return read(here);
  if (typeof value !== "object" || value === null) return undefined;
  if (part !== "*")
    return Object.hasOwn(value, part)
      ? entriesAt({ ...here, value: (value as Record<string, unknown>)[part] }, rest, read)
      : undefined;
  const inner = Object.entries(value).map(([key, one]: [string, unknown]) =>
    entriesAt({ value: one, key: Array.isArray(value) ? undefined : key, list: value }, rest, read),
  );
  const isThere = inner.length === 0 || inner.some((entries) => entries !== undefined);
  return isThere ? inner.flatMap((entries) => entries ?? []) : undefined;
}

function entriesIn(place: Entry, takesSingle: boolean): Entry[] | undefined {
  const { value } = place;
  if (Array.isArray(value)) return value.map((one: unknown) => ({ value: one, key: undefined, list: value }));
  if (!takesSingle) return undefined;
  return value === null ? [] : [place];
}

/** Of several places, some may hold names and others objects with a name. */
function nameOf({ value, key }: Entry, client: string, takesSingle: boolean): string | null {
  if (client === "key") return key ?? null;
  if (takesSingle && client !== "" && typeof value === "string") return value;
  return nameIn(at(value, client));
}

function countsOf(entries: readonly (Entry & { readonly name: string })[]): Map<string, number> {
  const lists = new Map<object, Map<string, number>>();
  const counts = new Map<string, number>();
  for (const { name, list } of entries) {
    const own = lists.get(list) ?? new Map<string, number>();
    lists.set(list, own);
    const count = (own.get(name) ?? 0) + 1;
    own.set(name, count);
    counts.set(name, Math.max(count, counts.get(name) ?? 0));
  }
  return counts;
}
