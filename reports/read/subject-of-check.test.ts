import { expect, test } from "vitest";
import { fail, pass } from "../../harness/judge/verdict.ts";
import { caseOf, checkOf, timelineOf } from "../../testing/records/build.ts";
import { subjectOf } from "./subject-of-check.ts";

const run = caseOf("leave/fin[phase=hearing]", "", [], {
  timeline: timelineOf(
    [1, { kind: "identify-sent", actor: "dave", client: "dave-1", body: "" }],
    [
      2,
      {
        kind: "notice",
        actor: "bob",
        event: "leave",
        client: "dave-1",
        cause: null,
        body: "",
        claimedBy: "this-case",
      },
    ],
    [
      3,
      {
        kind: "notice",
        actor: "bob",
        event: "leave",
        client: "stranger",
        cause: null,
        body: "",
        claimedBy: "this-case",
      },
    ],
  ),
});

test("a check is about the actor in its name, or the one whose notice it objects to", () => {
  const again = (...evidence: number[]) => fail("one leave", "again", evidence);
  expect(subjectOf(run, checkOf("R", "heard-by-all(alice)", again(1)))).toBe("alice");
  expect(subjectOf(run, checkOf("R", "no-leave-twice", again(0, 1)))).toBe("dave");
  expect(subjectOf(run, checkOf("R", "no-leave-twice", again(2)))).toBeUndefined();
  expect(subjectOf(run, checkOf("R", "no-leave-twice", again()))).toBeUndefined();
  expect(subjectOf(run, checkOf("R", "no-leave-twice", pass([1])))).toBeUndefined();
});
