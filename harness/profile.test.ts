import { expect, test } from "vitest";
import { parseProfile } from "./profile.ts";

test("an empty profile is the source design's own flow", () => {
  expect(parseProfile({}, "p")).toMatchObject({
    transport: "sockjs",
    topic: "/topic/",
    identify: { destination: "/ws", body: { sessionId: "{sessionId}", clientData: "{client}" } },
    deadlines: { endedMs: 1000, silenceIntervals: 3 },
  });
});

test.each([
  [{ topik: "/x" }, /topik.*known are name, url/s],
  [{ deadlines: { endedMs: 0 } }, /deadlines\.endedMs/],
  [{ deadlines: { ended: 1 } }, /deadlines: unknown key "ended"/],
  [{ url: "ws://x" }, /url: must be an http:\/\/ or https/],
  [
    { notice: { leave: { match: { event: 1 }, client: "/a" } } },
    /notice\.leave\.match\.event.*JSON pointer/s,
  ],
  [{ waivers: [{ requirement: "X" }] }, /waivers\.0\.reason/],
  [undefined, /the profile/],
  ["text", /the profile/],
])("%j is refused, and the message names the place", (value, message) => {
  expect(() => parseProfile(value, "my.config.json")).toThrow(message);
  expect(() => parseProfile(value, "my.config.json")).toThrow(/^my\.config\.json is no valid profile/);
});

test("everything that is wrong is told at once", () => {
  expect(() => parseProfile({ topic: "", a: 1, sessions: "some" }, "p")).toThrow(/topic[^]*sessions[^]*"a"/);
});

test.each([
  ["notices that name nobody", { leave: { match: { "/type": "left" } } }],
  [
    "notices that name session ids",
    { leave: { match: { "/type": "left" }, client: "/id" }, names: "session" },
  ],
])("%s can't tell which sessions are one person's", (_what, notice) => {
  expect(() => parseProfile({ notice, sessions: "last" }, "p")).toThrow(
    /sessions: must be "each" where notices/,
  );
  expect(parseProfile({ notice }, "p").sessions).toBe("each");
});

test.each([
  ["neither a leave nor a roster", {}],
  ["both", { leave: { match: { "/a": 1 } }, roster: { list: "", client: "" } }],
  ["a roster and a join", { join: { match: { "/a": 1 } }, roster: { list: "", client: "" } }],
])("%s is told, with the mend", (_what, notice) => {
  expect(() => parseProfile({ notice }, "p")).toThrow(/notice: must describe `leave`, with `join`/);
});
