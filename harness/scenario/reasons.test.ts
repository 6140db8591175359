import { describe, expect, test } from "vitest";
import { parseProfile, type ProfileInput } from "../profile/profile.ts";
import { unmetNeed, type Case, type Need } from "./scenario.ts";

const why = (need: Need, profile: ProfileInput, canStartTarget = false) =>
  unmetNeed({ needs: [need], axes: {} } as unknown as Case, {
    profile: parseProfile(profile, "the test"),
    noBrowser: undefined,
    canStartTarget,
  });

const byConnect: ProfileInput = { identify: { by: "connect" }, query: { user: "{client}" } };
const guest = { path: "/guest", take: { userId: "/id" } };
const leave = { match: { "/event": "leave" }, client: "/who" };
const nameless: ProfileInput = { notice: { leave: { match: { "/event": "leave" } } } };
const bySession: ProfileInput = { notice: { leave, names: "{sessionId}" } };

describe("a case that does not apply names the cause, and the key of the profile that decides it", () => {
  test.each<[need: Need, profile: ProfileInput, why: string | undefined]>([
    ["json-identify", {}, undefined],
    [
      "json-identify",
      byConnect,
      "the target identifies clients by CONNECT, not by a message (`identify.by`)",
    ],
    [
      "json-identify",
      { identify: { destination: "/a", body: "{client}" } },
      "the identify message is a text, not JSON (`identify.body`)",
    ],
    [
      "json-identify",
      { identify: { destination: "/a", body: ({ client = "" }) => client } },
      "`identify.body` is a function, and hangup can't change its parts",
    ],
    [
      "json-identify",
      { identify: { destination: "/a", body: { page: "/" } } },
      "the identify message does not name the client (`identify.body`)",
    ],
    [
      "json-identify",
      { before: [guest], identify: { destination: "/a", body: { id: "{userId}" } } },
      "the identify message holds {userId}, a value from `before`, not {client}",
    ],
    [
      "told-session-id",
      byConnect,
      "the target identifies clients by CONNECT, not by a message (`identify.by`)",
    ],
    ["json-names", nameless, "the target's notices name nobody"],
    ["named-clients", nameless, "the target's notices name nobody"],
    ["named-clients", bySession, "the target's notices name session ids, not clients (`notice.names`)"],
    [
      "names-of-letters",
      { ...bySession, identify: { destination: "/a", body: { page: "/" } } },
      "the target's notices name session ids, not clients (`notice.names`)",
    ],
    [
      "names-of-letters",
      { before: [guest], query: { u: "{userId}" }, identify: { by: "connect" } },
      "the target names its clients itself, by {userId}; a test can't choose the name",
    ],
    [
      "names-of-letters",
      { identify: { by: "connect" }, query: { u: ({ client = "" }) => client } },
      "the profile does not show where clients send their names; write {client} into a text there",
    ],
    [
      "frame-events",
      { transport: "native" },
      "the probe's events are told apart by session ids, and a WebSocket without SockJS has none",
    ],
    ["own-target", {}, "it needs a server instance of its own: add `start` to the profile"],
    [
      "own-target",
      { url: "http://localhost:1/ws", start: { command: "x" } },
      "it needs a server instance of its own, which `start` starts: leave out `--url`",
    ],
  ])("%s of %j: %s", (need, profile, words) => {
    expect(why(need, profile)).toBe(words);
    expect(words?.length ?? 0).toBeLessThanOrEqual(95);
  });
});
