import { expect, test } from "vitest";
import { jsonOrUndefined } from "../harness/util/json.ts";
import { malformed, unreadable } from "./malformed.ts";

const client = "alice-run01";
const body = JSON.stringify({ sessionId: "abcd1234", who: { clientData: client, kind: "JOIN" } });

/** Returns all values in an object's own keys, without `__proto__`. */
function texts(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [value];
  const own = Object.entries(value).filter(([key]) => key !== "__proto__");
  return own.flatMap(([, inner]) => texts(inner));
}

test.each(Object.entries(malformed))("%s identifies nobody", (_name, spoil) => {
  const spoilt = spoil(body, client);
  expect(spoilt).not.toBe(body);
  const content = jsonOrUndefined(spoilt);
  const isObject = typeof content === "object" && content !== null && !Array.isArray(content);
  if (isObject) expect(texts(content)).not.toContain(client);
});

test.each(Object.entries(malformed))("%s is listed as unreadable if no parser takes it", (name, spoil) => {
  expect(unreadable.includes(name)).toBe(jsonOrUndefined(spoil(body, client)) === undefined);
});

test("what is left out of an object is the name alone", () => {
  expect(jsonOrUndefined(malformed["no-data"]?.(body, client) ?? "")).toEqual({
    sessionId: "abcd1234",
    who: { kind: "JOIN" },
  });
  expect(jsonOrUndefined(malformed["null-data"]?.(body, client) ?? "")).toEqual({
    sessionId: "abcd1234",
    who: { clientData: null, kind: "JOIN" },
  });
});

test("whoever merges the prototype's keys into an object finds the name there", () => {
  const parsed = jsonOrUndefined(malformed["proto"]?.(body, client) ?? "") as object;
  expect(Object.keys(parsed)).toEqual(["__proto__"]);
  expect(Object.assign({}, parsed)).toMatchObject({ who: { clientData: client } });
});
