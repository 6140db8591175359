import { expect, test } from "vitest";
import { parseProfile, type ProfileInput } from "../harness/profile/profile.ts";
import { casesOf, unmetNeed } from "../harness/scenario/scenario.ts";
import { scenarios } from "./index.ts";

/** Returns the scenarios that run for identify messages and have no runnable case with this profile. */
function lostWhere(known: ProfileInput): string[] {
  const unmet = (given: ProfileInput) => {
    const profile = parseProfile(given, "the test");
    const circumstances = { profile, noBrowser: undefined, canStartTarget: true };
    return scenarios
      .filter((scenario) => casesOf(scenario).every((one) => unmetNeed(one, circumstances) !== undefined))
      .map(({ id }) => id);
  };
  const always = unmet({});
  return unmet(known)
    .filter((id) => !always.includes(id))
    .sort();
}

/** Scenarios that need an identify message: a malformed one, or one apart from CONNECT and SUBSCRIBE. */
const ofMessages = [
  "identify/after-reconnect",
  "identify/after-subscribe",
  "identify/before-subscribe",
  "identify/extreme-text",
  "identify/malformed",
  "identify/malformed-after",
  "identify/nameless-after",
  "identify/never",
  "identify/twice",
  "security/foreign-session-id",
];

test("where CONNECT says who a client is, only what needs a message of its own is not asked", () => {
  const stomp = { headers: { login: "{client}" } };
  expect(lostWhere({ identify: { by: "connect" }, stomp })).toEqual(ofMessages);
});

test("where SUBSCRIBE does, what needs other subscriptions is not asked either", () => {
  const identify = { by: "subscribe", headers: { nick: "{client}" } } as const;
  expect(lostWhere({ identify })).toEqual(
    [...ofMessages, "heartbeats/any-byte-is-life", "heartbeats/busy-client", "presence/unsubscribe"].sort(),
  );
});

test("where two names have two HTTP sessions, none is shared by them", () => {
  const shared = [
    "browser/two-tabs-two-names",
    "presence/one-http-session",
    "presence/one-http-session-transport",
  ];
  const take = { sid: { cookie: "sid" } };
  const logIn = { path: "/login", json: { user: "{client}" }, take };
  const cookies = { sid: "{sid}" };
  expect(lostWhere({ identify: { by: "connect" }, cookies: { nick: "{client}" } })).toEqual(
    expect.arrayContaining(shared),
  );
  expect(lostWhere({ before: [logIn], cookies })).toEqual(expect.arrayContaining(shared));
  // The log-in may set a cookie that the profile does not name.
  expect(lostWhere({ before: [logIn] })).toEqual(expect.arrayContaining(shared));
  expect(lostWhere({ before: [{ path: "/visit", take }], cookies })).toEqual([]);
});

test("names in CONNECT's headers, which escape nothing, are asked to be letters; in a query they may be anything", () => {
  const askedOf = (given: ProfileInput) => {
    const profile = parseProfile({ identify: { by: "connect" }, ...given }, "the test");
    return scenarios
      .filter(({ id }) => id === "identify/any-text")
      .flatMap(casesOf)
      .filter((one) => unmetNeed(one, { profile, noBrowser: undefined, canStartTarget: true }) === undefined)
      .map(({ axes }) => axes["text"]);
  };
  const letters = ["korean", "emoji", "right-to-left", "decomposed"];
  expect(askedOf({ stomp: { headers: { login: "{client}" } } })).toEqual(letters);
  expect(askedOf({ query: { nick: "{client}" } })).toHaveLength(8);
  expect(askedOf({ cookies: { nick: "{client}" } })).toEqual([]);
});
