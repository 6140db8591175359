import { expect, test } from "vitest";
import { parseProfile, type ProfileInput } from "../../harness/profile/profile.ts";
import { arrives, ends, written } from "../../testing/harness/written.ts";
import { asPlayed } from "./as-played.ts";
import { parsePlan, told, type Plan } from "./plan.ts";

const plan: Plan = {
  clients: [
    { name: "alice", as: "alice", transport: "usual" },
    { name: "dave", as: "alice", transport: "native" },
  ],
  steps: [
    { who: "alice", does: "connect", waits: false },
    { who: "alice", does: "identify", waits: true },
    { who: "alice", does: "fall-silent", waits: true },
    { who: "dave", does: "connect", waits: false },
    { who: "dave", does: "identify", waits: true },
    { who: "dave", does: "identify-anew", waits: false },
  ],
};
const toldOn = (given: ProfileInput) => told(asPlayed(plan, parseProfile(given, "the test")));

test("where the target has all that a plan asks for, the plan is played as it was drawn", () => {
  expect(asPlayed(plan, parseProfile({}, "the test"))).toEqual(plan);
});

test("without heartbeats silence is played, and told, as a lost connection", () => {
  expect(toldOn({ heartbeatMs: 0 })[2]).toBe("3. alice loses its connection (RST)");
  expect(toldOn({})[2]).toBe("3. alice falls silent");
});

test("transports and persons are told as they are played", () => {
  expect(toldOn({ nativeWebSocket: false })[3]).toBe("4. dave connects, and at once:");
  expect(toldOn({ sessions: "last" })).toEqual(toldOn({}));
});

test("where CONNECT says who a client is, nobody identifies afterwards, and what waited for that waits for CONNECT", () => {
  const profile = parseProfile(
    { identify: { by: "connect" }, stomp: { headers: { login: "{client}" } } },
    "the test",
  );
  const played = asPlayed(plan, profile);
  expect(played.steps).toEqual([
    { who: "alice", does: "connect", waits: true },
    { who: "alice", does: "fall-silent", waits: true },
    { who: "dave", does: "connect", waits: true },
  ]);
  expect(parsePlan(played)).toEqual(played);
});

test("where only subscribers are announced, each subscribes as soon as it has connected, and once", () => {
  const drawn: Plan = {
    clients: plan.clients,
    steps: [
      { who: "alice", does: "connect", waits: true },
      { who: "alice", does: "identify", waits: false },
      { who: "alice", does: "subscribe", waits: true },
      { who: "alice", does: "fin", waits: true },
    ],
  };
  const played = asPlayed(drawn, parseProfile({ announced: "subscribers" }, "the test"));
  expect(played.steps).toEqual([
    { who: "alice", does: "connect", waits: false },
    { who: "alice", does: "subscribe", waits: true },
    { who: "alice", does: "identify", waits: true },
    { who: "alice", does: "fin", waits: true },
  ]);
  expect(parsePlan(played)).toEqual(played);
});

test("a target that wants no heartbeats, against its profile, shows in the history; the sentence says it", () => {
  const reset = ends("alice", 20).map(([atMs, event]) => [atMs, { ...event, fault: "rst" }] as const);
  const sentence =
    "3. alice loses its connection (RST), since the target wants no heartbeats whose absence would show silence";
  expect(told(plan, written(...arrives("alice", 0), ...reset))[2]).toBe(sentence);
  expect(told(plan, written(...arrives("alice", 0), ...ends("alice", 20)))[2]).toBe("3. alice falls silent");
});
