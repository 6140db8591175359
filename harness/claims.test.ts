import { expect, test } from "vitest";
import { Claims } from "./claims.ts";

test("data belongs to the case that claimed it; other data and no data to nobody", () => {
  const claims = new Claims();
  claims.claim("alice-1", "case-1");
  expect(claims.ownerOf("alice-1")).toBe("case-1");
  expect(claims.ownerOf("alice")).toBeUndefined();
  expect(claims.ownerOf(null)).toBeUndefined();
});

test("as many leaves as sessions are right, at each listener by itself; one more at any is a surplus", () => {
  const claims = new Claims();
  claims.claim("alice-1", "case-1");
  const hear = (listener: string) => claims.overheard("alice-1", listener);
  hear("bob of case 2");
  hear("bob of case 3");
  claims.finish(new Map([["alice-1", 1]]));
  expect(claims.surplus()).toEqual([]);
  hear("bob of case 3");
  expect(claims.surplus()).toEqual([{ token: "case-1", client: "alice-1", heard: 2, sessions: 1 }]);
});

test("a person who has had no session of that name is due no leave", () => {
  const claims = new Claims();
  claims.claim("replaced", "case-1");
  claims.finish(new Map([["replaced", 0]]));
  claims.overheard("replaced", "bob");
  expect(claims.surplus()).toHaveLength(1);
});

test("of a case that is not over nothing can be said", () => {
  const claims = new Claims();
  claims.claim("alice-1", "case-1");
  claims.overheard("alice-1", "bob");
  claims.overheard("alice-1", "bob");
  expect(claims.surplus()).toEqual([]);
});
