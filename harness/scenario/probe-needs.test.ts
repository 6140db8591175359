import { expect, test } from "vitest";
import { parseProfile, type ProfileInput } from "../profile/profile.ts";
import { caseOf, unmetNeed, type Need } from "./scenario.ts";

const why = (need: Need, profile: ProfileInput, canStartTarget = false) =>
  unmetNeed(caseOf({ id: "a/b", title: "", needs: [need], run: () => Promise.resolve(), checks: {} }), {
    profile: parseProfile(profile, "the test"),
    noBrowser: undefined,
    canStartTarget,
  });

const probe = { path: "/p", mappings: "/n" };
const events = { list: "/events", session: "/id", headers: "/headers" };
const connect = { ...events, connect: { "/name": "connect" } };
const frame = { ...events, frame: { match: { "/name": "frame" }, command: "/command" } };
const deadlines = { reconcileMs: 1_000 };
const roster = { roster: { list: "", client: "/name" } };

test.each<[need: Need, enough: ProfileInput]>([
  ["probe", { probe }],
  ["connect-events", { probe: { ...probe, events: connect } }],
  ["frame-events", { probe: { ...probe, events: frame } }],
  ["reconciliation", { deadlines }],
  ["reconciliation", { deadlines, reconcile: "silent", probe }],
  ["reconciliation", { deadlines, notice: roster }],
  ["reconciliation", { deadlines, reconcile: "silent", roster: { destination: "/r", list: "", client: "" } }],
  ["named-clients", {}],
])("%s is met by %j", (need, enough) => {
  expect(why(need, enough)).toBeUndefined();
});

test.each<[need: Need, lacking: ProfileInput, says: string]>([
  ["probe", {}, "the profile describes no `probe`"],
  ["connect-events", {}, "no probe that tells of CONNECT"],
  ["connect-events", { probe }, "no probe that tells of CONNECT"],
  ["connect-events", { probe: { ...probe, events: frame } }, "no probe that tells of CONNECT"],
  ["frame-events", { probe: { ...probe, events: connect } }, "no probe that tells of frames"],
  [
    "frame-events",
    { probe: { ...probe, events: frame }, transport: "native" },
    "a WebSocket without SockJS has none",
  ],
  ["reconciliation", { probe }, "declares no deadline"],
  ["named-clients", { notice: { leave: { text: "somebody left" } } }, "name nobody"],
  [
    "named-clients",
    { notice: { leave: { match: { "/e": "leave" }, client: "/id" }, names: "{sessionId}" } },
    "name session ids",
  ],
  ["own-target", { probe }, "it needs a server instance of its own"],
])("%s is not met by %j", (need, lacking, says) => {
  expect(why(need, lacking)).toContain(says);
});
