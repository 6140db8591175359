import { expect, test } from "vitest";
import type { ReportedEvent } from "../../history/events/harness-events.ts";
import { probed } from "../../../testing/harness/restarted.ts";
import { arrives, verdictOf, written } from "../../../testing/harness/written.ts";
import { connectEventCarries } from "./connect-event-carries.ts";

const connect = (headers: Record<string, string>, sessionId = "id-of-alice"): ReportedEvent => ({
  about: "connect",
  sessionId,
  command: "CONNECT",
  headers,
});
const start = [...arrives("bob", 0), ...arrives("alice", 10, { client: "alice-x1" })];
const judged = (...told: readonly ReportedEvent[]) =>
  verdictOf(connectEventCarries("alice", "umbrella", "red"), written(...start, probed(20, 2, { told })));
const others = connect({ umbrella: "red" }, "id-of-bob");

test("passes where the event has the header, and nothing of what was said later", () => {
  expect(judged(others, connect({ umbrella: "red", host: "x" }))).toEqual({
    kind: "pass",
    evidence: [4, 7, 8],
  });
});

test.each<[what: string, told: readonly ReportedEvent[], actual: RegExp]>([
  ["the header is missing", [connect({ host: "x" })], /^it does not have that header$/],
  ["it has another value", [connect({ umbrella: "blue" })], /^it has umbrella:blue$/],
  [
    "there are two events",
    [connect({ umbrella: "red" }), connect({ umbrella: "red" })],
    /^the probe reported 2$/,
  ],
  ["others' events alone are told", [others], /^the probe reported only those of other clients$/],
  [
    "it has what the client identified with",
    [connect({ umbrella: "red", user: "is alice-x1" })],
    /^its user has "alice-x1", with which alice identified later$/,
  ],
])("fails where %s", (_what, told, actual) => {
  expect(judged(...told)).toMatchObject({ kind: "fail", actual: expect.stringMatching(actual) as string });
});

test("a frame is no event of CONNECT", () => {
  expect(judged({ ...connect({ umbrella: "red" }), about: "frame" }).kind).toBe("inconclusive");
});

test("is open where the probe told of no CONNECT at all, or was not asked after identify", () => {
  expect(judged().kind).toBe("inconclusive");
  const check = connectEventCarries("alice", "umbrella", "red");
  const early = written(probed(0, 0, { told: [connect({ umbrella: "red" })] }), ...start);
  expect(verdictOf(check, early).kind).toBe("inconclusive");
  expect(verdictOf(check, written(...start)).kind).toBe("inconclusive");
});
