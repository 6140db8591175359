/** Parses a text as JSON. Returns undefined if it is none. */
export function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Returns the value at a JSON pointer (RFC 6901); undefined if there is none. */
export function at(value: unknown, pointer: string): unknown {
  let here = value;
  for (const key of partsOf(pointer)) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

/** Returns the keys of a JSON pointer. */
export const partsOf = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

/** Returns a copy of a JSON-like value with each text changed. `key` is the nearest key above the text. */
export function mapTexts(
  value: unknown,
  change: (text: string, key: string | undefined) => string,
  key?: string,
): unknown {
  if (typeof value === "string") return change(value, key);
  if (Array.isArray(value)) return value.map((inner: unknown) => mapTexts(inner, change, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, mapTexts(inner, change, name)]),
  );
}

/** Returns all strings, numbers and booleans in a JSON-like value, as strings. */
export function leavesOf(value: unknown): string[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(leavesOf);
  return ["string", "number", "boolean"].includes(typeof value) ? [String(value)] : [];
}

/** Returns true for a function, and for a value that holds one, however deep. */
export const hasFunction = (value: unknown): boolean =>
  typeof value === "function" ||
  (typeof value === "object" && value !== null && Object.values(value).some(hasFunction));
