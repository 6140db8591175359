import { expect, test } from "vitest";
import { parseProfile } from "../../profile/profile.ts";
import { arrives, ends, verdictOf, written } from "../../../testing/harness/written.ts";
import { backInTime } from "./back-in-time.ts";

const graceful = parseProfile({ sessions: "last", graceMs: 400 }, "the test's profile");
const left = [...arrives("alice", 0), ...ends("alice", 20)];

test.each([
  ["passes", written(...left, ...arrives("phone", 200, { client: "alice" })), "pass"],
  [
    "is open when that was late",
    written(...left, ...arrives("phone", 221, { client: "alice" })),
    "inconclusive",
  ],
  ["is open when somebody else came", written(...left, ...arrives("phone", 30)), "inconclusive"],
  ["is open when nobody came back", written(...left), "inconclusive"],
  ["is open when nobody left", written(...arrives("alice", 0)), "inconclusive"],
])("%s", (_what, history, kind) => {
  expect(verdictOf(backInTime(), history, graceful).kind).toBe(kind);
});
