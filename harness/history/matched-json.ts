import { at } from "../util/json.ts";

/** Returns true for JSON that holds each value at its pointer. */
export const matches = (content: unknown, match: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(match).every(([pointer, value]) => at(content, pointer) === value);

/** Returns the name that a value stands for; null for no value. Other values than texts are written as JSON. */
export function nameIn(value: unknown): string | null {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? null : JSON.stringify(value);
}
