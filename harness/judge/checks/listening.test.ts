import { describe, expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { sentinelName } from "../../history/sessions/sentinels.ts";
import {
  arrives,
  ends,
  hears,
  placeOf,
  profile,
  sentinel,
  waitedOut,
  written,
} from "../../../testing/harness/written.ts";
import { absenceProof, heardSentinel } from "./listening.ts";

const bob = arrives("bob", 0);
const start = bob.length;
const [first, second] = [sentinelName(1), sentinelName(2)];
const secondComesAndGoes = [...arrives(second, 1030), ...ends(second, 1030)];

describe("an absence is proven", () => {
  const proof = (...entries: (readonly [number, NewEvent])[]) =>
    absenceProof({ events: written(...bob, ...entries), profile, alone: false }, "bob");
  const notWaited = "the case did not wait for the time in which a notice could still arrive";
  const notHeard = "bob did not receive the sentinel's leave, so it might not have received another either";

  test("by the leave of a sentinel that came when everything had been waited out; of any such", () => {
    const events = written(...bob, ...sentinel(1020, "bob"));
    expect(proof(...sentinel(1020, "bob"))).toBe(placeOf(events, "notice", "bob"));
    const entries = [...sentinel(1020), ...secondComesAndGoes, hears("bob", "leave", second, 1031)];
    expect(proof(...entries)).toBe(start + entries.length - 1);
  });

  test("not without time", () => {
    expect(proof(...sentinel(1020, "bob").slice(1))).toBe(notWaited);
  });

  test("not by a sentinel that came before all was waited out", () => {
    expect(proof(...sentinel(1020, "bob"), waitedOut(1030))).toBe(notHeard);
  });

  test("not by a sentinel's join, nor by its leave at another, nor by anybody else's leave", () => {
    expect(proof(...sentinel(1020), hears("bob", "join", first, 1021))).toBe(notHeard);
    expect(proof(...sentinel(1020, "carol"))).toBe(notHeard);
    const alice = [...arrives("alice", 1020), ...ends("alice", 1020), hears("bob", "leave", "alice", 1021)];
    expect(proof(waitedOut(1020), ...alice)).toBe(notHeard);
  });
});

describe("an observer is known to listen", () => {
  const heard = (...entries: (readonly [number, NewEvent])[]) =>
    heardSentinel(written(...bob, waitedOut(1020), ...arrives(first, 1020), ...entries), "bob", start);

  test("by any notice of a sentinel", () => {
    expect(heard(hears("bob", "join", first, 1021))).toBe(true);
    expect(heard(hears("bob", "leave", first, 1021))).toBe(true);
  });

  test("not by another's hearing, nor by notices of others or of nobody", () => {
    expect(heard(hears("carol", "join", first, 1021))).toBe(false);
    expect(heard(...arrives("alice", 1020), hears("bob", "join", "alice", 1021))).toBe(false);
    expect(heard(hears("bob", "leave", null, 1021))).toBe(false);
  });

  test("only by what came after the moment in question", () => {
    const events = written(...arrives(first, 0), hears("bob", "join", first, 1), waitedOut(2));
    const joinAt = placeOf(events, "notice", "bob");
    expect(heardSentinel(events, "bob", joinAt - 1)).toBe(true);
    expect(heardSentinel(events, "bob", joinAt)).toBe(false);
  });
});
