import { expect, test } from "vitest";
import type { ReportedEvent } from "../../history/events/harness-events.ts";
import type { NewEvent } from "../../history/events/events.ts";
import { probed } from "../../../testing/harness/restarted.ts";
import { arrives, verdictOf, written } from "../../../testing/harness/written.ts";
import { framesSeen } from "./frames-seen.ts";

const sends = (command: string, headers: Record<string, string>): [number, NewEvent] => [
  15,
  { kind: "frame-sent", actor: "alice", command, headers },
];
const sees = (
  command: string,
  headers: Record<string, string>,
  sessionId = "id-of-alice",
): ReportedEvent => ({
  about: "frame",
  sessionId,
  command,
  headers,
});
const connect = { host: "x", passcode: "secret" };
const sent = [
  sends("CONNECT", connect),
  sends("SEND", { destination: "/ws" }),
  sends("DISCONNECT", { receipt: "1" }),
];
const start = [...arrives("bob", 0), ...arrives("alice", 10)];
const judged = (...told: readonly ReportedEvent[]) =>
  verdictOf(framesSeen("alice"), written(...start, ...sent, probed(20, 2, { told })));

const bobs = sees("CONNECT", {}, "id-of-bob");
const seen = [
  sees("CONNECT", { host: "x", extra: "of the server's" }),
  sees("SEND", { destination: "/ws" }),
  sees("DISCONNECT", { receipt: "1" }),
] as const;
const [first, second, third] = seen;

test("passes where each frame was seen once, in order, with its headers but for secrets", () => {
  const evidence = [8, 9, 10, 11];
  expect(judged(bobs, ...seen)).toEqual({ kind: "pass", evidence });
  const connects: ReportedEvent = { ...first, about: "connect" };
  expect(judged(bobs, connects, ...seen), "an event of CONNECT is no frame").toEqual({
    kind: "pass",
    evidence,
  });
});

test("a DISCONNECT without headers that comes last is the server's own", () => {
  expect(judged(bobs, ...seen, sees("DISCONNECT", {})).kind).toBe("pass");
  expect(judged(bobs, ...seen, third).kind).toBe("fail");
  expect(judged(bobs, first, second, sees("DISCONNECT", {})), "in the place of the client's").toMatchObject({
    kind: "fail",
    expected: "it sees DISCONNECT of alice with receipt:1",
    actual: "without that header",
  });
});

test.each<[what: string, told: readonly ReportedEvent[], actual: string]>([
  ["one is missing", [first, third], "it saw CONNECT, DISCONNECT"],
  ["one was seen twice", [first, second, second, third], "it saw CONNECT, SEND, SEND, DISCONNECT"],
  ["the order is another", [second, first, third], "it saw SEND, CONNECT, DISCONNECT"],
  ["none was seen", [], "it saw none"],
  ["a header is missing", [first, sees("SEND", {}), third], "without that header"],
  ["a header is changed", [first, sees("SEND", { destination: "/w" }), third], "with destination:/w"],
])("fails where %s", (_what, told, actual) => {
  expect(judged(bobs, ...told)).toMatchObject({ kind: "fail", actual, evidence: [8, 9, 10, 11] });
});

test("is open where the probe may have forgotten, or was asked too soon", () => {
  expect(judged(...seen)).toMatchObject({
    kind: "inconclusive",
    reason: "the probe reported no session before alice's, so it may have forgotten missing events",
  });
  const asked = probed(20, 2, { told: [bobs, ...seen] });
  expect(verdictOf(framesSeen("alice"), written(...start, asked, ...sent)).kind).toBe("inconclusive");
  expect(verdictOf(framesSeen("alice"), written(...start, asked)).kind).toBe("inconclusive");
});
