import { expect, test } from "vitest";
import { verdictOf, written } from "../../../testing/harness/written.ts";
import { sessionIdReadRight } from "./session-id-read-right.ts";

const judged = (read: string | null, requested: string | null, actor = "alice") =>
  verdictOf(
    sessionIdReadRight("alice"),
    written(
      [1, { kind: "session-id-read", actor: "bob", read: "bob's", requested: "another" }],
      [2, { kind: "session-id-read", actor, read, requested }],
    ),
  );

test("what the page read is what its browser requested", () => {
  const wrong = { kind: "fail", expected: 'the session id "abc"', evidence: [1] };
  expect(judged("abc", "abc")).toEqual({ kind: "pass", evidence: [1] });
  expect(judged("039", "abc")).toEqual({ ...wrong, actual: '"039"' });
  expect(judged(null, "abc")).toEqual({ ...wrong, actual: '"nothing"' });
});

test("nothing is concluded where either is not known", () => {
  expect(judged("abc", null)).toEqual({
    kind: "inconclusive",
    reason: "the browser requested no session's address",
  });
  expect(judged("abc", "abc", "carol")).toEqual({
    kind: "inconclusive",
    reason: "alice's page reported no session id",
  });
});
