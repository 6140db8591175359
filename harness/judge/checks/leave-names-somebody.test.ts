import { expect, test } from "vitest";
import { parseProfile, type ProfileInput } from "../../profile/profile.ts";
import { leaveNamesSomebody } from "./leave-names-somebody.ts";
import { arrives, ends, hears, verdictOf, written } from "../../../testing/harness/written.ts";

const join = { match: { "/type": "JOIN" }, client: "/sender" };
const nameless = { match: { "/type": "LEAVE" } };
const left = written(
  ...arrives("bob", 0, { client: "somebody" }),
  ...arrives("alice", 10, { client: "somebody" }),
  ...ends("alice", 20),
  hears("bob", "leave", "somebody", 25),
);
const verdict = (notice: ProfileInput["notice"], events = left) =>
  verdictOf(leaveNamesSomebody(), events, parseProfile({ notice }, "the test's profile"));

test("fails if joins name their clients, and a leave that came names nobody", () => {
  expect(verdict({ join, leave: nameless })).toMatchObject({
    kind: "fail",
    actual: expect.stringContaining("the leave named nobody; the client that left was alice") as string,
  });
});

test("is not applicable without a leave, if leaves name clients, and if joins don't or are not announced", () => {
  expect(verdict({ join, leave: nameless }, written()).kind).toBe("not-applicable");
  expect(verdict({ join, leave: { ...nameless, client: "/sender" } }).kind).toBe("not-applicable");
  expect(verdict({ join: { match: { "/type": "JOIN" } }, leave: nameless }).kind).toBe("not-applicable");
  expect(verdict({ leave: nameless }).kind).toBe("not-applicable");
});
