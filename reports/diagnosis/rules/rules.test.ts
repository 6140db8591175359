import { describe, expect, test } from "vitest";
import type { NewEvent } from "../../../harness/history/events/events.ts";
import type { CaseRecord } from "../../../harness/judge/record.ts";
import { caseOf, detectionsOf, recordOf, timelineOf } from "../../../testing/records/build.ts";
import { leave, said, verdict } from "../../../testing/records/rules.ts";
import { knownCauses, rules } from "../known-causes.ts";
import { cellsOf } from "../cells.ts";
import { storedSignatures } from "../signatures.ts";

const goodbye = leave("leave/disconnect-with-receipt", "LEAVE-ON-DISCONNECT", "arrived");
const close = (answer: "arrived" | "missing") => leave("leave/close", "LEAVE-ON-CLOSE", answer);
const lost = (answer: "arrived" | "missing") =>
  ["leave/fin", "leave/rst", "leave/process-killed"].map((id) =>
    leave(id, "LEAVE-ON-LOST-CONNECTION", answer),
  );

describe("which ends are noticed", () => {
  test("only DISCONNECT", () => {
    expect(said("only-disconnect", goodbye, close("missing"), ...lost("missing"))).toMatch(
      /only after a DISCONNECT/,
    );
    expect(said("only-disconnect", goodbye, close("arrived"), ...lost("missing"))).toBeUndefined();
    expect(said("only-disconnect", goodbye, close("missing"))).toBeUndefined();
  });

  test("only goodbyes", () => {
    expect(said("only-goodbyes", goodbye, close("arrived"), ...lost("missing"))).toMatch(
      /only after a goodbye/,
    );
    expect(said("only-goodbyes", goodbye, close("missing"), ...lost("missing"))).toBeUndefined();
  });

  test("all but DISCONNECT", () => {
    const missed = ["leave/disconnect-with-receipt", "leave/disconnect-without-receipt"].map((id) =>
      leave(id, "LEAVE-ON-DISCONNECT", "missing"),
    );
    expect(said("misses-disconnect", ...missed, close("arrived"), ...lost("arrived"))).toMatch(
      /no leave after a DISCONNECT/,
    );
    expect(said("misses-disconnect", ...missed, close("missing"), ...lost("arrived"))).toBeUndefined();
  });

  test("none", () => {
    const silent = { ...goodbye, verdicts: leave("x", "LEAVE-ON-DISCONNECT", "missing").verdicts };
    expect(said("no-leaves", silent, close("missing"), ...lost("missing"))).toMatch(/sends no leave/);
    expect(said("no-leaves", goodbye, close("missing"), ...lost("missing"))).toBeUndefined();
  });

  test("those on other transports", () => {
    const on = (transport: string, answer: "arrived" | "missing") =>
      ["leave/fin", "leave/rst", "leave/half-close"].map((scenario) =>
        leave(`${scenario}[transport=${transport}]`, "LEAVE-ON-LOST-CONNECTION", answer),
      );
    const http = [...on("xhr-streaming", "missing"), ...on("xhr-polling", "missing")];
    expect(said("transport-family", ...on("websocket", "arrived"), ...http)).toMatch(
      /SockJS's HTTP transports/,
    );
    expect(
      said(
        "transport-family",
        ...on("websocket", "arrived"),
        ...on("eventsource", "arrived"),
        ...http.slice(3),
      ),
    ).toMatch(/on xhr-polling is gone/);
    expect(said("transport-family", ...on("websocket", "missing"), ...http)).toBeUndefined();
  });

  test("all but those beside another end", () => {
    const beside = (scenario: string, passed: boolean) =>
      caseOf(scenario, scenario, [verdict("ALL-AT-ONCE-ALL-TOLD", "heard-by-all(dave)", passed)], {
        axes: { phase: "hearing" },
      });
    const rest = [goodbye, close("arrived"), ...lost("arrived")];
    const [fin, rst] = [false, true].map((passed) => [
      beside("leave/fin", passed),
      beside("leave/rst", passed),
    ]);
    expect(said("lost-beside-another-end", ...rest, ...(fin ?? []))).toMatch(/when another session ends/);
    expect(said("lost-beside-another-end", ...rest, ...(rst ?? []))).toBeUndefined();
  });
});

test("leaves that reach some observers and not the others", () => {
  const parted = lost("missing").map((one) => ({
    ...one,
    missed: [{ actor: "alice", observer: "carol", cause: "fin", latestMs: 1_000 }],
    detections: detectionsOf("fin", [null, 1_000], 5),
  }));
  expect(said("some-are-told", ...parted, goodbye, close("arrived"))).toMatch(/reaches some of the clients/);
  expect(said("some-are-told", ...lost("missing"), goodbye, close("arrived"))).toBeUndefined();
  expect(said("some-are-told", ...parted)).toBeUndefined();
});

describe("a silent client", () => {
  const connected = (clientHeartbeatMs: number): NewEvent => ({
    kind: "connected",
    actor: "alice",
    version: "1.2",
    clientHeartbeatMs,
    serverHeartbeatMs: clientHeartbeatMs,
  });
  const falls: NewEvent = {
    kind: "fault-injected",
    actor: "alice",
    fault: "silent-drop-frozen",
    ends: "silently",
  };
  const drop = (id: string, heartbeatMs: number): CaseRecord =>
    caseOf(id, id, [verdict("LEAVE-ON-SILENT-DROP", "told-in-time(alice)", false)], {
      timeline: timelineOf([0, connected(heartbeatMs)], [10, falls]),
      missed: [{ actor: "alice", observer: "bob", cause: "silent-drop-frozen", latestMs: 60_000 }],
    });
  const drops = (heartbeatMs: number) => ["a", "b", "c"].map((id) => drop(`silence/${id}`, heartbeatMs));

  test("stays because no heartbeats were agreed on", () => {
    expect(said("no-heartbeats", drop("silence/frozen", 0))).toMatch(/heart-beat:0,0/);
    expect(said("no-heartbeats", drop("silence/frozen", 10_000))).toBeUndefined();
  });

  test("stays although heartbeats were agreed on", () => {
    const rest = [goodbye, close("arrived"), ...lost("arrived")];
    expect(said("ignores-missing-heartbeats", ...rest, ...drops(10_000))).toMatch(/does nothing when/);
    expect(said("ignores-missing-heartbeats", ...rest, ...drops(0))).toBeUndefined();
  });
});

describe("leaves that arrive", () => {
  const late = (...latenciesMs: readonly number[]) =>
    latenciesMs.map((latencyMs, place) =>
      caseOf(
        `leave/${place}`,
        "",
        [verdict("LEAVE-IN-TIME", "left-inside-window(alice)", latencyMs < 1_000)],
        {
          detections: detectionsOf("fin", [null, 1_000], latencyMs),
        },
      ),
    );

  test("late by the same time", () => {
    expect(said("late-leaves", ...late(2_500, 2_510, 2_490, 2_530, 2_502))).toMatch(/about 2.5 s after/);
    expect(said("late-leaves", ...late(1_100, 2_500, 4_000, 9_000, 1_800))).toBeUndefined();
    expect(said("late-leaves", ...late(1, 2_510, 3, 2, 2_502))).toBeUndefined();
  });

  test("twice", () => {
    const notice: NewEvent = {
      kind: "notice",
      actor: "bob",
      event: "leave",
      client: "alice",
      cause: null,
      body: "{}",
      claimedBy: "this-case",
    };
    const cases = ["leave/fin", "leave/rst", "leave/close"].map((id) =>
      caseOf(id, id, [verdict("LEAVE-NOT-TWICE", "no-leave-twice", false, [0, 1])], {
        timeline: timelineOf([5, notice], [305, notice]),
      }),
    );
    expect(said("repeated-leave", ...cases)).toBe(
      "The server sends each leave twice, the second time 300 ms later.",
    );
    expect(said("repeated-leave", ...cases.slice(0, 2))).toBeUndefined();
  });

  test.each([
    [null, "name nobody"],
    ["?", "under names that no client gave"],
  ])("and name %j", (client, words) => {
    const events: NewEvent[] = [
      { kind: "identify-sent", actor: "alice", client: "alice-1", body: "" },
      { kind: "fault-injected", actor: "alice", fault: "fin", ends: "visibly" },
      { kind: "notice", actor: "bob", event: "leave", client, cause: null, body: "", claimedBy: "nobody" },
    ];
    const named = (last: readonly NewEvent[]) =>
      lost("missing").map((one) => ({
        ...one,
        timeline: timelineOf(...last.map((event) => [0, event] as const)),
      }));
    expect(said("nameless-leaves", ...named(events))).toContain(words);
    expect(said("nameless-leaves", ...named(events.slice(0, 2)))).toBeUndefined();
    expect(said("nameless-leaves", ...named(events), close("arrived"))).toBeUndefined();
    const silent = leave("leave/disconnect-with-receipt", "LEAVE-ON-DISCONNECT", "missing");
    expect(said("no-leaves", silent, ...named(events))).toBeUndefined();
  });
});

test("clients that the server closes, at a fixed time or not", () => {
  const closed = (afterMs: number, id: string) =>
    caseOf(id, id, [verdict("OTHERS-STAY-CONNECTED", "others-stay-connected", false, [1])], {
      timeline: timelineOf(
        [100, { kind: "identify-sent", actor: "bob", client: "bob", body: "" }],
        [100 + afterMs, { kind: "closed", actor: "bob", code: 1006, reason: "" }],
      ),
    });
  const cases = (...times: readonly number[]) =>
    times.map((afterMs, place) => closed(afterMs, `leave/${place}`));
  expect(said("closes-living-clients", ...cases(4_000, 4_010, 4_020, 4_005))).toMatch(/about 4.01 s after/);
  expect(said("closes-living-clients", ...cases(4_000, 10, 900, 70))).toMatch(/that are still there/);
  expect(said("closes-living-clients", ...cases(4_000, 4_000))).toBeUndefined();
});

test("a signature is excluded where the events show another defect", () => {
  const heartbeats = (clientHeartbeatMs: number): CaseRecord =>
    caseOf("silence/frozen", "", [verdict("LEAVE-ON-SILENT-DROP", "told-in-time(alice)", false)], {
      timeline: timelineOf(
        [0, { kind: "connected", actor: "alice", version: "1.2", clientHeartbeatMs, serverHeartbeatMs: 0 }],
        [9, { kind: "fault-injected", actor: "alice", fault: "silent-drop-frozen", ends: "silently" }],
      ),
    });
  const knows = (mutant: string, one: CaseRecord) => {
    const record = recordOf([one]);
    const cause = knownCauses().find(({ id }) => id === mutant);
    return cause?.look({ record, cells: cellsOf(record) }) !== undefined;
  };
  expect(knows("offers-no-heartbeats", heartbeats(0))).toBe(true);
  expect(knows("offers-no-heartbeats", heartbeats(500))).toBe(false);
  expect(knows("never-checks-heartbeats", heartbeats(500))).toBe(true);
  expect(knows("never-checks-heartbeats", heartbeats(0))).toBe(false);
});

test("a rule refines a signature that there is", () => {
  const known = storedSignatures().signatures.map(({ name }) => name);
  for (const { refines } of Object.values(rules)) if (refines !== undefined) expect(known).toContain(refines);
  expect(knownCauses().filter(({ isRule }) => isRule === true)).toHaveLength(Object.keys(rules).length);
});

test("leaves that come with the next message", () => {
  const asked = (passed: boolean) =>
    caseOf("leave/told-unprompted", "leave/told-unprompted", [
      verdict("LEAVE-UNPROMPTED", "told-unprompted(alice)", passed),
    ]);
  expect(said("next-message", asked(false))).toMatch(/only together with the next message/);
  expect(said("next-message", asked(true))).toBeUndefined();
});
