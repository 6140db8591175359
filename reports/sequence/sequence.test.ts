import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NewEvent } from "../../harness/history/events/events.ts";
import { fail } from "../../harness/judge/verdict.ts";
import { caseOf, checkOf, timelineOf } from "../../testing/records/build.ts";
import { lingers, missed, suspended, twice, unheard } from "../../testing/records/not-passing.ts";
import { sequenceOf, sequenceWords, type SequenceRow } from "./sequence.ts";

const rowsOf = (run: Parameters<typeof sequenceOf>[0]): readonly SequenceRow[] => sequenceOf(run)?.rows ?? [];

/** A row as a line: when, from where to where, what. */
function line(row: SequenceRow): string {
  if (row.shape === "break") return `~ ${row.label}`;
  if (!("mark" in row)) return `= ${row.atMs.toFixed(1)} ${row.label}`;
  const mark = row.mark === "none" ? "" : ` [${row.mark}]`;
  const where = row.shape === "arrow" ? `${row.from}>${row.to}` : `@${row.from ?? "all"}`;
  return `${row.atMs.toFixed(1)} ${where} ${row.label}${mark}`;
}

describe("a leave that is told twice", () => {
  test("has a lifeline for the one who leaves, its proxy, the target and who heard it", () => {
    expect(sequenceOf(twice)?.lanes).toEqual([
      { name: "alice", role: "leaves", extra: false },
      { name: "proxy", role: "before the target", extra: false },
      { name: "target", role: "under test", extra: false },
      { name: "bob", role: "listens, websocket", extra: false },
    ]);
  });

  test("is told from the top down, with fault, witness, evidence and window", () => {
    expect(rowsOf(twice).map(line)).toEqual([
      "15.0 2>3 RECEIPT for /topic/",
      "22.4 0>2 opens websocket",
      "24.8 2>0 CONNECTED 1.2, heartbeats 1000,1000",
      "26.0 0>2 identifies as alice-3f1",
      "31.3 2>3 join of alice-3f1",
      "= 240.1 leave due from the end on",
      "240.1 @1 fault: fin [fault]",
      "240.1 1>2 witness: the proxy read the end of the client's side and forwarded a FIN [witness]",
      "245.7 2>3 leave of alice-3f1 [evidence]",
      "276.8 2>3 leave of alice-3f1 [evidence]",
      "~ 975 ms",
      "= 1251.9 leave due by 1.01 s after the end",
      "~ 988 ms",
      "2240.1 @all 2 s waited: no other notice can be due",
      "2241.4 @all a sentinel session ends: who still listens?",
    ]);
  });

  test("shows the leaver gone from the fault on", () => {
    expect(sequenceOf(twice)?.absences).toEqual([{ lane: 0, from: 6, to: 15 }]);
  });

  test("says in words what it is", () => {
    const drawn = sequenceOf(twice);
    expect(drawn === null ? "" : sequenceWords(drawn)).toBe(
      "Sequence diagram with 4 lifelines, 11 of 14 events",
    );
  });
});

test("silence begins with the last byte, and is witnessed at the proxy alone", () => {
  const lines = rowsOf(missed).map(line);
  expect(lines).toContain("1022.4 1>2 last byte [evidence]");
  expect(lines.find((one) => one.includes("witness:"))).toMatch(/^2801\.2 @1 /);
  expect(lines.findIndex((one) => one.startsWith("= 6034.2"))).toBeLessThan(
    lines.findIndex((one) => one.startsWith("7462.4 2>3 leave of alice-b90")),
  );
});

test("a leave that never came was due until it was given up", () => {
  const lines = rowsOf(unheard).map(line);
  expect(lines).toContain("= 180.4 a leave is due");
  expect(lines).toContain("= 6980.0 every deadline has passed, no leave came");
});

test("where the record tells of no window, none is drawn", () => {
  expect(rowsOf(lingers).map(({ shape }) => shape)).not.toContain("opens");
  const otherwise = { ...unheard, verdicts: [checkOf("X", "no-false-leave", fail("", "", [4, 7]))] };
  expect(rowsOf(otherwise).map(({ shape }) => shape)).not.toContain("opens");
});

test("a session that comes back has its lifeline again", () => {
  const open = (actor: string): NewEvent => ({
    actor,
    kind: "opened",
    transport: "websocket",
    sessionId: null,
  });
  const run = caseOf("a/b", "", [checkOf("X", "y", fail("", "", [1]))], {
    timeline: timelineOf(
      [1, open("alice")],
      [2, { actor: "alice", kind: "fault-injected", fault: "reload", ends: "visibly" }],
      [3, open("alice")],
    ),
  });
  expect(sequenceOf(run)?.absences).toEqual([{ lane: 0, from: 1, to: 2 }]);
});

test("an identify that is held gets no further than the proxy, until the fault lets it go on", () => {
  const run = caseOf("a/b", "", [checkOf("X", "y", fail("", "", [3]))], {
    timeline: timelineOf(
      [1, { actor: "alice", kind: "identify-sent", client: "alice-1", body: "" }],
      [2, { actor: "alice", kind: "identify-sent", client: "alice-2", body: "" }],
      [2, { actor: "alice", kind: "identify-held", bytes: 40 }],
      [3, { actor: "alice", kind: "fault-injected", fault: "fin", ends: "visibly" }],
      [4, { actor: "alice", kind: "identify-sent", client: "alice-3", body: "" }],
    ),
  });
  expect(rowsOf(run).map(line)).toEqual([
    "1.0 0>2 identifies as alice-1",
    "2.0 0>1 identifies as alice-2",
    "2.0 @1 identify is held until a fault begins",
    "3.0 @1 fault: fin [evidence]",
    "3.0 1>2 the held identify goes on",
    "4.0 0>2 identifies as alice-3",
  ]);
});

test("a connection that is gone forwards no held identify", () => {
  const run = caseOf("a/b", "", [checkOf("X", "y", fail("", "", [3]))], {
    timeline: timelineOf(
      [1, { actor: "alice", kind: "identify-sent", client: "alice-1", body: "" }],
      [2, { actor: "alice", kind: "identify-held", bytes: 40 }],
      [3, { actor: "alice", kind: "closed", code: 1006, reason: "" }],
      [4, { actor: "alice", kind: "fault-injected", fault: "fin", ends: "visibly" }],
    ),
  });
  expect(rowsOf(run).map(line)).not.toContain("4.0 1>2 the held identify goes on");
});

test("a witness is drawn in full, and a longer text ends with an ellipsis", () => {
  const witness = "the proxy saw it, ".repeat(12);
  const drawn = (text: string) => {
    const run = caseOf("a/b", "", [checkOf("X", "y", fail("", "", []))], {
      timeline: timelineOf(
        [1, { actor: "alice", kind: "fault-injected", fault: "fin", ends: "visibly" }],
        [2, { actor: "alice", kind: "fault-witnessed", fault: "fin", witness: text, effectAtMs: 2 }],
      ),
    });
    return rowsOf(run).map(line).join();
  };
  expect(drawn(witness)).toContain(`witness: ${witness}`);
  expect(drawn(witness.repeat(2))).toMatch(/…/);
});

describe("listeners", () => {
  const attached = (actor: string): NewEvent => ({
    actor,
    kind: "observer-attached",
    transport: "xhr-streaming",
    sessionId: null,
    version: "1.2",
    clientHeartbeatMs: 0,
    serverHeartbeatMs: 0,
    destination: "/topic/",
    confirmedBy: "receipt",
    client: actor,
    listenedMs: 5,
  });
  const leave = (actor: string): NewEvent => ({
    actor,
    kind: "notice",
    event: "leave",
    client: "alice-1",
    cause: null,
    body: "",
    claimedBy: "this-case",
  });
  const run = caseOf("a/b", "", [checkOf("X", "y", fail("", "", [5]))], {
    timeline: timelineOf(
      [1, attached("observer-7")],
      [1, attached("observer-8")],
      [1, attached("observer-9")],
      [1, attached("observer-11")],
      [2, { actor: "alice", kind: "identify-sent", client: "alice-1", body: "" }],
      [3, { actor: "alice", kind: "fault-injected", fault: "fin", ends: "visibly" }],
      [4, leave("observer-8")],
      [4, leave("observer-11")],
    ),
    missed: [
      { actor: "alice", observer: "observer-7", cause: "fin", latestMs: 1000 },
      { actor: "alice", observer: "observer-9", cause: "fin", latestMs: 1000 },
    ],
    detections: ["observer-8", "observer-11"].map((observer) => ({
      actor: "alice",
      observer,
      cause: "fin",
      latencyMs: 1,
      earliestMs: 0,
      latestMs: 1000,
    })),
  });

  test("with the same leaves have one lifeline, and the caption names the others", () => {
    const drawn = sequenceOf(run);
    expect(drawn?.lanes.map(({ name, role, extra }) => `${name}, ${role}, ${extra}`)).toEqual([
      "alice, leaves, false",
      "proxy, before the target, false",
      "target, under test, false",
      "observer-8, listens, xhr-streaming, false",
      "observer-7, listens, xhr-streaming, true",
    ]);
    expect(drawn?.alike).toEqual(["observer-11", "observer-9"]);
  });

  test("that were there before take no row to say so", () => {
    expect(rowsOf(run).map(line).join()).not.toContain("listens");
  });
});

test("the deadline of a leave that never came is the end of the window", () => {
  const { timeline } = unheard;
  const fault = timeline?.find(({ kind }) => kind === "fault-injected");
  const missedLeave = { actor: "alice", observer: "bob", cause: "", latestMs: 1500 };
  const cause = fault?.kind === "fault-injected" ? fault.fault : "";
  const lines = rowsOf({ ...unheard, detections: [], missed: [{ ...missedLeave, cause }] }).map(line);
  expect(lines).toContain("= 1680.4 leave due by 1.5 s after the end, none came");
});

test("without a history, or without anybody in it, there is nothing to draw", () => {
  expect(sequenceOf(suspended)).toBeNull();
  expect(
    sequenceOf({ ...suspended, timeline: timelineOf([1, { actor: "harness", kind: "target-stopped" }]) }),
  ).toBeNull();
});

const anyEvent: fc.Arbitrary<NewEvent> = fc
  .record({ actor: fc.constantFrom("a", "b", "c", "d", "e", "f") })
  .chain(({ actor }) =>
    fc.constantFrom<NewEvent>(
      { actor, kind: "opened", transport: "websocket", sessionId: null },
      { actor, kind: "identify-sent", client: actor, body: "" },
      { actor, kind: "fault-injected", fault: "fin", ends: "visibly" },
      { actor, kind: "fault-witnessed", fault: "fin", witness: "w", effectAtMs: 5 },
      { actor, kind: "last-byte-forwarded", forwardedAtMs: 3 },
      { actor, kind: "closed", code: 1006, reason: "" },
      { actor, kind: "waited-out", waitedMs: 1 },
      { actor, kind: "harness-lagged", lagMs: 1, source: "proxy" },
      { actor, kind: "notice", event: "leave", client: "a", cause: null, body: "", claimedBy: "this-case" },
    ),
  );

test("whatever happened, time runs down, a diagram stays small, and evidence is in it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(5000), anyEvent), { maxLength: 120 }),
      fc.uniqueArray(fc.nat(119), { maxLength: 4 }),
      (happened, places) => {
        const timeline = timelineOf(...happened.toSorted(([a], [b]) => a - b));
        const evidence = places.filter((place) => place < timeline.length);
        const run = caseOf("a/b", "", [checkOf("X", "y", fail("", "", evidence))], { timeline });
        const rows = rowsOf(run);
        expect(rows.length).toBeLessThanOrEqual(40);
        const times = rows.flatMap((row) => (row.shape === "break" ? [] : row.atMs));
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        if (rows.length > 0)
          expect(rows.filter((row) => "mark" in row && row.mark === "evidence")).toHaveLength(
            evidence.length,
          );
      },
    ),
  );
});
