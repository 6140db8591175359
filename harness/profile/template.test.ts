import fc from "fast-check";
import { expect, test } from "vitest";
import { fill, fillAll, fillBody, namesIn } from "./template.ts";

test("a body is JSON with the values put in, and stays JSON whatever they are", () => {
  fc.assert(
    fc.property(fc.string(), (client) => {
      const body = { sessionId: "{sessionId}", deep: [{ name: "{client}" }], n: 1, none: null };
      expect(JSON.parse(fillBody(body, { client }))).toEqual({
        sessionId: "{sessionId}",
        deep: [{ name: client }],
        n: 1,
        none: null,
      });
    }),
  );
});

test("texts take the values as they are, and names that have none stay", () => {
  fc.assert(
    fc.property(fc.string(), (client) => {
      expect(fill("/to/{client}/{other}/{client}", { client })).toBe(`/to/${client}/{other}/${client}`);
    }),
  );
  expect(fill("{toString}", {})).toBe("{toString}");
});

test("functions make the text of the values", () => {
  const greet = ({ client }: Readonly<Record<string, string>>) => `I am ${client}`;
  expect(fillAll({ a: greet, b: "{client}" }, { client: "bob" })).toEqual({ a: "I am bob", b: "bob" });
  expect(fillBody(greet, { client: "bob" })).toBe("I am bob");
});

test("finds the names that stand in braces, however deep", () => {
  expect(namesIn({ a: "{x}-{y}", b: [{ c: "{z} {1} {}" }], d: 1, e: null })).toEqual(["x", "y", "z"]);
});
