import { leavesOf, mapTexts } from "../util/json.ts";
import { builtIn, learnFilled, masked, namesIn, type Template } from "./template.ts";
import { transportTable } from "./transports.ts";
import { addressParts, secrets } from "../secrets/secrets.ts";

/** Places of a profile whose values no output may show. `*` stands for each element of a list. */
const secretPlaces: readonly (readonly string[])[] = [
  ["query"],
  ["headers"],
  ["cookies"],
  ...["before", "after"].flatMap((key) => ["headers", "form", "json"].map((part) => [key, "*", part])),
  ["stomp", "headers"],
  ...["refused", "expires"].flatMap((key) => [
    [key, "stomp", "headers"],
    ...["query", "headers", "cookies"].map((part) => [key, part]),
  ]),
  ...["headers", "form", "json"].map((part) => ["logout", part]),
  ["identify", "headers"],
  ["start", "env"],
];

/** Places of addresses. Their user info and query are secret. */
const addressPlaces: readonly (readonly string[])[] = [
  ["url"],
  ["before", "*", "path"],
  ["after", "*", "path"],
  ["logout", "path"],
];

/** Keys whose values are the profile's own keywords, or public by nature. */
const publicKeys: ReadonlySet<string> = new Set([
  ...["transport", "transports", "origin", "url", "per", "method", "path", "take", "versions", "by"],
  ...["confirmed", "ready", "sessions", "unidentified", "announced", "reconcile", "requirement"],
]);

/** Learns the secrets of a profile, even of an invalid one, and of a target's address. */
export function learnProfile(profile: unknown, target?: string): void {
  for (const transport of Object.keys(transportTable)) secrets.publish(transport);
  publishNames(profile);
  for (const address of [target, at(profile, ["url"])]) {
    if (typeof address !== "string") continue;
    const { host, path } = addressParts(address);
    secrets.publish(host + path);
  }
  if (target !== undefined) secrets.learnAddress(target);
  for (const place of addressPlaces) {
    for (const address of foundAt(profile, place))
      if (typeof address === "string") secrets.learnAddress(address);
  }
  for (const place of secretPlaces) {
    for (const text of foundAt(profile, place).flatMap(leavesOf)) learnFilled(text, text, {});
  }
}

/** Publishes the names of clients, unless they hold a value from an answer. The target announces them to everybody. */
function publishNames(profile: unknown): void {
  const names = at(profile, ["notice", "names"]);
  const known: readonly string[] = builtIn;
  if (typeof names === "string" && namesIn(names).every((name) => known.includes(name)))
    secrets.publish(names);
}

/** Learns the filled body of a request. */
export function learnBody(template: unknown, filled: string, values: Readonly<Record<string, string>>): void {
  const isText = typeof template === "string" || typeof template === "function";
  if (isText) return learnFilled(template as Template, filled, values);
  const templates = leavesOf(template);
  for (const [place, leaf] of leavesOf(JSON.parse(filled)).entries())
    learnFilled(templates[place] ?? leaf, leaf, values);
}

/** Returns a copy of a profile for output. It keeps structure, keys and placeholders, and has `***` for each secret. */
export function maskedProfile(profile: Readonly<Record<string, unknown>>): Record<string, unknown> {
  // Each shard numbers its secrets on its own, and their profiles must be equal.
  const change = (text: string) => text.replaceAll(/\[masked \d+(?:\.\d+)?\]/g, "***");
  let copy = mapTexts(secrets.maskAll(profile, publicKeys), change);
  for (const place of secretPlaces) copy = changedAt(copy, profile, place, maskedLeaves);
  for (const place of addressPlaces)
    copy = changedAt(copy, profile, place, (address) =>
      typeof address === "string" ? maskedAddress(address) : masked(address),
    );
  return copy as Record<string, unknown>;
}

/** Returns an address for output: without user info and fragment, and with `***` for each value of its query. */
export function maskedAddress(address: string): string {
  const { origin, host, path, query } = addressParts(address);
  if (query === "") return origin + host + path;
  const shown = query.split("&").map((pair) => {
    const [name = "", ...value] = pair.split("=");
    return value.length === 0 ? masked(name) : `${name}=${masked(value.join("="))}`;
  });
  return `${origin}${host}${path}?${shown.join("&")}`;
}

function maskedLeaves(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskedLeaves);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskedLeaves(inner)]));
  return value === null ? null : masked(value);
}

const at = (value: unknown, [key, ...rest]: readonly string[]): unknown =>
  key === undefined
    ? value
    : at(
        typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined,
        rest,
      );

function foundAt(value: unknown, [key, ...rest]: readonly string[]): unknown[] {
  if (value === undefined) return [];
  if (key === undefined) return [value];
  if (key === "*") return Array.isArray(value) ? value.flatMap((inner) => foundAt(inner, rest)) : [];
  return foundAt(at(value, [key]), rest);
}

/** Returns the copy with the value at a place replaced by the changed value of the original. */
function changedAt(
  copy: unknown,
  original: unknown,
  [key, ...rest]: readonly string[],
  change: (value: unknown) => unknown,
): unknown {
  if (key === undefined) return change(original);
  if (key === "*")
    return Array.isArray(copy)
      ? copy.map((inner: unknown, place) => changedAt(inner, at(original, [String(place)]), rest, change))
      : copy;
  if (typeof copy !== "object" || copy === null || !(key in copy)) return copy;
  return { ...copy, [key]: changedAt(at(copy, [key]), at(original, [key]), rest, change) };
}
