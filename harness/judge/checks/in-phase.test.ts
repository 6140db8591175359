import { describe, expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { phases, type Phase } from "../../history/phase.ts";
import { arrives, ends, hears, verdictOf, waitedOut, written } from "../../../testing/harness/written.ts";
import { inPhase } from "./in-phase.ts";

type Entry = [number, NewEvent];

const [opened, connected, subscribed, identified] = arrives("alice", 10) as [Entry, Entry, Entry, Entry];
const held: Entry = [11, { kind: "identify-held", actor: "alice", bytes: 90 }];
const goodbye: Entry = [20, { kind: "disconnect-sent", actor: "alice", receipt: true }];
const answer: Entry = [22, { kind: "receipt", actor: "alice", of: "disconnect" }];
const known = hears("bob", "join", "alice", 12);
const bob = arrives("bob", 0);
const dave = arrives("dave", 5);

/** What each phase looks like. */
const histories: Readonly<Record<Phase, readonly Entry[]>> = {
  opened: [opened, ...ends("alice", 30)],
  connected: [opened, connected, ...ends("alice", 30)],
  subscribed: [opened, connected, subscribed, ...ends("alice", 30)],
  identifying: [opened, connected, identified, held, ...ends("alice", 30), hears("bob", "join", "alice", 31)],
  identified: [opened, connected, subscribed, identified, known, ...ends("alice", 30)],
  hearing: [
    ...dave,
    ...[opened, connected, subscribed, identified, known],
    ...ends("dave", 30),
    ...ends("alice", 30),
    hears("bob", "leave", "dave", 31),
  ],
  disconnected: [
    opened,
    connected,
    subscribed,
    identified,
    known,
    ...ends("alice", 20),
    goodbye,
    answer,
    ...ends("alice", 30),
  ],
};

/** Phases that a history of another shows as well. */
const also: Readonly<Partial<Record<Phase, readonly Phase[]>>> = {
  hearing: ["identified"],
  disconnected: ["identified"],
};

describe.each(phases)("an end when %s", (shown) => {
  test.each(phases)("is known for that, asked for %s", (asked) => {
    const verdict = verdictOf(inPhase("alice", asked), written(...bob, ...histories[shown]));
    const holds = asked === shown || also[shown]?.includes(asked) === true;
    expect(verdict.kind).toBe(holds ? "pass" : "fail");
    expect("evidence" in verdict && verdict.evidence.length).toBeGreaterThan(0);
  });
});

test("a join that came only after the end began shows nothing", () => {
  const late = written(
    ...bob,
    opened,
    connected,
    subscribed,
    identified,
    ...ends("alice", 30),
    hears("bob", "join", "alice", 31),
  );
  expect(verdictOf(inPhase("alice", "identified"), late)).toMatchObject({
    kind: "fail",
    actual: "no observer had received its join yet",
  });
});

test("a notice that had arrived before the end began was not on its way", () => {
  const early = written(
    ...bob,
    ...dave,
    ...[opened, connected, subscribed, identified, known],
    ...ends("dave", 20),
    hears("bob", "leave", "dave", 25),
    ...ends("alice", 30),
  );
  expect(verdictOf(inPhase("alice", "hearing"), early).kind).toBe("fail");
});

test("a notice that never came was due when the end began", () => {
  const start = [...bob, ...dave, opened, connected, subscribed, identified, known];
  const never = written(...start, ...ends("dave", 20), ...ends("alice", 20), waitedOut(2000));
  expect(verdictOf(inPhase("alice", "hearing"), never).kind).toBe("pass");
  const stranger = arrives("dave", 5, { client: null });
  const nobodys = written(...bob, ...stranger, ...start.slice(8), ...ends("dave", 20), ...ends("alice", 20));
  expect(verdictOf(inPhase("alice", "hearing"), nobodys).kind).toBe("fail");
});

test("without an end there is no phase", () => {
  const alive = written(...bob, ...arrives("alice", 10), waitedOut(2000));
  for (const phase of phases) expect(verdictOf(inPhase("alice", phase), alive).kind).toBe("inconclusive");
});

describe("a DISCONNECT", () => {
  const said = [...histories.identified.slice(0, 5), ...ends("alice", 20), goodbye];
  const ask = (...then: Entry[]) =>
    verdictOf(inPhase("alice", "disconnected"), written(...bob, ...said, ...then));

  test.each<[string, Entry]>([
    ["a receipt", answer],
    ["the target's close", [22, { kind: "closed", actor: "alice", code: 1000, reason: "" }]],
    ["the leave", hears("bob", "leave", "alice", 22)],
  ])("was taken by what %s shows", (_, shown) => {
    expect(ask(shown, ...ends("alice", 30)).kind).toBe("pass");
  });

  test("that the next end overtakes may never have been read", () => {
    expect(ask(...ends("alice", 21), answer).kind).toBe("fail");
    expect(ask(...ends("alice", 30)).kind).toBe("fail");
    expect(ask(hears("bob", "leave", "dave", 22), ...ends("alice", 30)).kind).toBe("fail");
  });

  test("after which the target closes leaves nothing more to do", () => {
    expect(ask([22, { kind: "closed", actor: "alice", code: 1000, reason: "" }]).kind).toBe("pass");
  });
});
