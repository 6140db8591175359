import { describe, expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { parseProfile } from "../../profile/profile.ts";
import { defaultSilentMs } from "../../profile/silent-drop.ts";
import { asSilentDrop } from "../../stage/faults/silent-drop.ts";
import {
  bobAndAlice,
  closes,
  hears,
  kindOf,
  lags,
  lastOnly,
  arrives,
  sentinel,
  verdictOf,
  written,
} from "../../../testing/harness/written.ts";
import { toldInTime } from "./told-in-time.ts";

const { name: fault } = asSilentDrop({ name: "stop" } as Parameters<typeof asSilentDrop>[0], "frozen");

/** Alice drops at 20 ms; her last byte was at 15 ms. */
const drops: [number, NewEvent][] = [
  [20, { kind: "fault-injected", actor: "alice", fault, ends: "silently" }],
  [21, { kind: "fault-witnessed", actor: "alice", fault, witness: "seen", effectAtMs: 20 }],
  [21, { kind: "last-byte-forwarded", actor: "alice", forwardedAtMs: 15 }],
];
const dueMs = 15 + defaultSilentMs;
const check = toldInTime("alice");

describe("told-in-time", () => {
  test("passes with a leave up to the deadline, for which a minute is the default", () => {
    const at = (ms: number) =>
      written(...bobAndAlice, ...drops, hears("bob", "leave", "alice", ms), ...sentinel(dueMs + 300, "bob"));
    expect(verdictOf(check, at(dueMs))).toEqual({ kind: "pass", evidence: [bobAndAlice.length + 3] });
    expect(kindOf(check, at(dueMs + 121))).toBe("fail");
  });

  test("fails where no leave came in that time, and a later session was heard", () => {
    const events = written(...bobAndAlice, ...drops, ...sentinel(dueMs + 300, "bob"));
    expect(verdictOf(check, events)).toEqual({
      kind: "fail",
      expected: "bob receives the leave of alice within 60.000 s of its last byte",
      actual: "no leave within 60.000 s, although bob received the notices of a later session",
      evidence: [bobAndAlice.length, bobAndAlice.length + 3],
    });
  });

  test("a leave that comes while the sentinel goes is late", () => {
    const events = written(
      ...bobAndAlice,
      ...drops,
      ...sentinel(dueMs + 300, "bob"),
      hears("bob", "leave", "alice", dueMs + 400),
    );
    expect(verdictOf(check, events)).toMatchObject({
      kind: "fail",
      actual: "bob received it after 60.400 s, too late",
    });
  });

  test("goes by the declared deadline, and by one for the cause", () => {
    const events = written(
      ...bobAndAlice,
      ...drops,
      hears("bob", "leave", "alice", 5_000),
      ...sentinel(9_000, "bob"),
    );
    const declared = (deadlines: object) =>
      verdictOf(check, events, parseProfile({ deadlines }, "a test")).kind;
    expect(declared({ silentMs: 6_000 })).toBe("pass");
    expect(declared({ silentMs: 4_000 })).toBe("fail");
    expect(declared({ silentMs: 4_000, causes: { [fault]: 6_000 } })).toBe("pass");
  });

  test("is open where the observer may not have listened, where the harness was late, and where nobody listened", () => {
    expect(kindOf(check, written(...bobAndAlice, ...drops))).toBe("inconclusive");
    const late = written(
      ...bobAndAlice,
      ...drops,
      lags(dueMs + 350, 400),
      hears("bob", "leave", "alice", dueMs + 350),
    );
    expect(kindOf(check, late)).toBe("inconclusive");
    const alone = written(...bobAndAlice, ...drops, closes("bob", 30), ...sentinel(dueMs + 300));
    expect(kindOf(check, alone)).toBe("inconclusive");
  });

  test("does not apply where the person has another session", () => {
    const twice = [...bobAndAlice, ...arrives("again", 13, { client: "alice" })];
    expect(verdictOf(check, written(...twice, ...drops), lastOnly).kind).toBe("not-applicable");
  });
});
