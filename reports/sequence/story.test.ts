import { expect, test } from "vitest";
import type { NewEvent } from "../../harness/history/events/events.ts";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { caseOf, timelineOf } from "../../testing/records/build.ts";
import { storyOf } from "./story.ts";

const fault = (
  actor: string,
  name: string,
  ends: "visibly" | "silently" | "with-target" | "not",
): NewEvent => ({
  actor,
  kind: "fault-injected",
  fault: name,
  ends,
});
const opened = (actor: string): NewEvent => ({
  actor,
  kind: "opened",
  transport: "websocket",
  sessionId: null,
});

const missed = (actor: string, cause: string, observers: readonly string[], latestMs = 1000) => ({
  missed: observers.map((observer) => ({ actor, observer, cause, latestMs })),
});

const story = (events: readonly NewEvent[], rest: Partial<CaseRecord> = {}) =>
  storyOf(
    caseOf("a/b", "", [], {
      timeline: timelineOf(...events.map((event, place): [number, NewEvent] => [place, event])),
      ...rest,
    }),
  );

test.each([
  [
    "alice leaves (fin); carol and bob must be told within 1 s.",
    story([opened("alice"), fault("alice", "fin", "visibly")], missed("alice", "fin", ["carol", "bob"])),
  ],
  [
    "alice leaves (fin); observer-1 and 3 others must be told within 1 s.",
    story([fault("alice", "fin", "visibly")], missed("alice", "fin", ["observer-1", "b", "c", "d"])),
  ],
  [
    "alice leaves (reload) and connects again.",
    story([fault("alice", "reload", "visibly"), opened("alice")]),
  ],
  [
    "dave leaves (fin), then alice falls silent (blackhole).",
    story([fault("dave", "fin", "visibly"), fault("alice", "blackhole", "silently")]),
  ],
  [
    "alice leaves (rst) while its identify message is on the way.",
    story([
      { actor: "alice", kind: "identify-sent", client: "alice-1", body: "" },
      { actor: "alice", kind: "identify-held", bytes: 3 },
      fault("alice", "rst", "visibly"),
    ]),
  ],
  [
    "the session of alice has to survive a disturbance (delay).",
    story([fault("alice", "delay", "not")], missed("alice", "fin", ["bob"])),
  ],
  [
    "the session of alice ends with the target (target-killed).",
    story([fault("alice", "target-killed", "with-target")]),
  ],
  [undefined, story([opened("alice")])],
  [undefined, story([])],
])("%s", (expected, told) => {
  expect(told).toBe(expected);
});

test("the end of a sentinel is no part of it", () => {
  const sentinel = "sentinel-run-3";
  expect(
    story([
      fault("alice", "fin", "visibly"),
      fault(sentinel, "disconnect", "visibly"),
      { actor: sentinel, kind: "sentinel-ended", client: "s" },
    ]),
  ).toBe("alice leaves (fin).");
});

test("different deadlines are not told as one", () => {
  const both = [...missed("alice", "fin", ["bob"]).missed, ...missed("alice", "fin", ["carol"], 3000).missed];
  expect(story([fault("alice", "fin", "visibly")], { missed: both })).toBe(
    "alice leaves (fin); bob and carol must be told.",
  );
});

test("control characters in a name are shown by their names", () => {
  expect(story([fault("al\nice\u202e", "fin", "visibly")])).toBe("al⟨LF⟩ice⟨U+202E⟩ leaves (fin).");
});
