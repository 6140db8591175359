import { expect, test } from "vitest";
import { profileMismatch } from "./profile-mismatch.ts";
import type { HistoryEvent, NewEvent } from "../history/events/events.ts";
import { conclude } from "./outcome.ts";
import type { CaseRecord } from "./record.ts";
import { arrives, ends, hears, waitedOut, written } from "../../testing/harness/written.ts";
import { fail } from "./verdict.ts";

const says = (actor: string, body: unknown, atMs: number): [number, NewEvent] => [
  atMs,
  { kind: "message", actor, destination: "/topic/", body: JSON.stringify(body) },
];

/** A case in which bob listens, alice leaves, and no leave of her is heard. */
function unheard(events: HistoryEvent[], check = "heard-by-all(alice)"): CaseRecord {
  return {
    id: "leave/fin",
    scenario: "leave/fin",
    title: "t",
    axes: {},
    durationMs: 1,
    lagMaxMs: 0,
    detections: [],
    timeline: events,
    verdicts: [
      {
        ...fail("a leave", "none", [0]),
        requirement: "LEAVE-ON-FIN",
        check,
        attempts: 1,
        failedAttempts: 1,
      },
    ],
  };
}

const catalogue = [{ id: "LEAVE-ON-FIN", level: "MUST", basis: "flow", text: "t", citation: "c" }] as const;
const exitCodeOf = (one: CaseRecord) => conclude([one], catalogue, { waivers: [], strict: false }).exitCode;
const whyNot = (one: CaseRecord) => profileMismatch([one], one.verdicts);

const come = [...arrives("bob", 0), ...arrives("alice", 10)];
const joined = hears("bob", "join", "alice", 12);
const gone = [...ends("alice", 100), waitedOut(5_000)];

test("joins match and nothing else comes: the target tells of no leave, and fails", () => {
  const one = unheard(written(...come, joined, ...gone));
  expect(whyNot(one)).toBeUndefined();
  expect(exitCodeOf(one)).toBe(1);
});

test("joins match, and a message about the one who left matches nothing: the profile may be wrong", () => {
  const bye = says("bob", { bye: "alice" }, 120);
  const one = unheard(written(...come, joined, ...ends("alice", 100), bye, waitedOut(5_000)));
  expect(whyNot(one)).toContain('{\\"bye\\":\\"alice\\"}');
  expect(exitCodeOf(one)).toBe(3);
});

test("what came before the end, or names nobody of the case, is no leave in another form", () => {
  const before = says("bob", { hello: "alice" }, 50);
  const chat = says("bob", { text: "anybody here?" }, 120);
  const one = unheard(written(...come, joined, before, ...ends("alice", 100), chat, waitedOut(5_000)));
  expect(exitCodeOf(one)).toBe(1);
});

test("neither a join nor a leave matches: the profile may be wrong", () => {
  expect(exitCodeOf(unheard(written(...come, ...gone)))).toBe(3);
});

test("a failure that needs no notice stands", () => {
  expect(exitCodeOf(unheard(written(...come, ...gone), "receipt-came(alice)"))).toBe(1);
});

test("a leave that matched anywhere in the run shows that the profile fits", () => {
  const heard = hears("bob", "leave", "sentinel-1", 5_100);
  expect(exitCodeOf(unheard(written(...come, ...gone, heard)))).toBe(1);
});
