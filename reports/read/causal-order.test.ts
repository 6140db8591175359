import { expect, test } from "vitest";
import { causalOrder } from "./causal-order.ts";
import { caseOf, timelineOf } from "../../testing/records/build.ts";
import { sequenceOf } from "../sequence/sequence.ts";

const join = (actor: string, client: string) =>
  ({
    actor,
    kind: "notice",
    event: "join",
    client,
    cause: null,
    body: "{}",
    claimedBy: "this-case",
  }) as const;
const identify = (actor: string, client: string) =>
  ({ actor, kind: "identify-sent", client, body: "{}" }) as const;

const late = timelineOf(
  [1, { actor: "bob", kind: "subscribed", destination: "/topic/", confirmedBy: "receipt" }],
  [5, { actor: "alice", kind: "opened", transport: "websocket", sessionId: "s" }],
  [20, join("bob", "alice-1")],
  [21, { actor: "bob", kind: "receipt", of: "x" }],
  [22, { actor: "alice", kind: "connected", version: "1.2", clientHeartbeatMs: 0, serverHeartbeatMs: 0 }],
  [23, identify("alice", "alice-1")],
  [90, { actor: "alice", kind: "fault-injected", fault: "browser-killed", ends: "visibly" }],
);

test("what a page told late of itself stands before the join that came of it, at the join's time", () => {
  expect(causalOrder(late).map(({ kind, atMs }) => [kind, atMs])).toEqual([
    ["subscribed", 1],
    ["opened", 5],
    ["connected", 20],
    ["identify-sent", 20],
    ["notice", 20],
    ["receipt", 21],
    ["fault-injected", 90],
  ]);
});

test("the drawing has the identify first, too", () => {
  const labels =
    sequenceOf(caseOf("browser/killed", "", [], { timeline: late }))?.rows.map(({ label }) => label) ?? [];
  expect(labels.indexOf("identifies as alice-1")).toBeGreaterThan(-1);
  expect(labels.indexOf("identifies as alice-1")).toBeLessThan(labels.indexOf("join of alice-1"));
});

test("a history in order stays as it is, and so does a second session of a name", () => {
  const events = timelineOf(
    [1, identify("alice", "alice-1")],
    [2, join("bob", "alice-1")],
    [3, join("bob", "alice-1")],
    [4, identify("dave", "alice-1")],
  );
  expect(causalOrder(events)).toEqual(events);
});
