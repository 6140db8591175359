import { expect, test } from "vitest";
import { parseProfile } from "../../profile/profile.ts";
import {
  arrives,
  closes,
  hears,
  sentinel,
  verdictOf,
  written,
  type WrittenEvent,
} from "../../../testing/harness/written.ts";
import { nobodyToldOf } from "./nobody-told-of.ts";

const begun = [...arrives("bob", 0), ...arrives("alice", 10, { client: null }), closes("alice", 20)];
const judged = (...entries: readonly WrittenEvent[]) =>
  verdictOf(nobodyToldOf("alice"), written(...begun, ...entries, ...sentinel(3_000, "bob")));

test("passes where observers listen and receive nothing but notices of others", () => {
  expect(judged().kind).toBe("pass");
  expect(judged(...arrives("carol", 30), hears("bob", "join", "carol", 40)).kind).not.toBe("fail");
});

test("fails where a notice or a roster names the refused client", () => {
  for (const event of ["join", "leave"] as const)
    expect(judged(hears("bob", event, "alice", 40))).toMatchObject({
      kind: "fail",
      actual: `bob received a ${event} of "alice"`,
    });
  const read = { kind: "roster-read", actor: "late", clients: ["bob", "alice"] } as const;
  expect(judged([50, read])).toMatchObject({ kind: "fail", actual: '"alice" is on it' });
});

test("is open where the client never tried, and not applicable where notices name nobody", () => {
  const nobody = written(...arrives("bob", 0), ...sentinel(3_000, "bob"));
  expect(verdictOf(nobodyToldOf("alice"), nobody).kind).toBe("inconclusive");
  const anonymous = parseProfile({ notice: { leave: { text: "one left" } } }, "the test");
  expect(verdictOf(nobodyToldOf("alice"), written(...begun), anonymous).kind).toBe("not-applicable");
});
