import { expect, test } from "vitest";
import {
  arrives,
  bobAndAlice,
  ends,
  hears,
  kindOf,
  sentinel,
  verdictOf,
  waitedOut,
  written,
} from "../../../testing/harness/written.ts";
import { toldUnprompted } from "./told-unprompted.ts";

const check = toldUnprompted("alice");
const end = ends("alice", 1000);

test("passes when the leave came before anybody sent something, even late", () => {
  const rest = [waitedOut(5000), ...sentinel(5100, "bob")];
  expect(kindOf(check, written(...bobAndAlice, ...end, hears("bob", "leave", "alice", 1010), ...rest))).toBe(
    "pass",
  );
  expect(kindOf(check, written(...bobAndAlice, ...end, hears("bob", "leave", "alice", 3000), ...rest))).toBe(
    "pass",
  );
});

test("fails when the leave came together with the first message after the end", () => {
  const events = written(
    ...bobAndAlice,
    ...end,
    waitedOut(5000),
    ...arrives("dave", 5000),
    hears("bob", "leave", "alice", 5020),
  );
  expect(verdictOf(check, events)).toMatchObject({
    kind: "fail",
    actual: expect.stringMatching(
      /^told only after the next message: bob received it 4\.\d+ s after the end, and 0\.0\d+ s after a message of dave/,
    ) as string,
  });
});

test("does not apply to a leave that is missing, or late for another reason", () => {
  const start = [...bobAndAlice, ...end, waitedOut(5000), ...arrives("dave", 5000)];
  expect(kindOf(check, written(...start))).toBe("not-applicable");
  expect(kindOf(check, written(...start, hears("bob", "leave", "alice", 6000)))).toBe("not-applicable");
});

test("is open if no leave was due", () => {
  expect(kindOf(check, written(...bobAndAlice, waitedOut(5000)))).toBe("inconclusive");
});
