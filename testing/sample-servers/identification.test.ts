import { beforeAll, describe, expect, test } from "vitest";
import { conclude } from "../../harness/judge/outcome.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { serversByIdentification } from "./identification.ts";
import { complaintsIn, recordsOfAll } from "./run-cases.ts";

/** Scenarios with every kind of client and each of its transports. */
const ids = [
  "cleanup/reused-id",
  "heartbeats/any-byte-is-life",
  "identify/any-text",
  "identify/never",
  "leave/cut-in-frame",
  "leave/disconnect-then-linger",
  "leave/disconnect-with-receipt",
  "leave/idle-cut",
  "leave/process-killed",
  "leave/request-aborted",
  "leave/close",
  "presence/two-sessions-of-one-person[end=disconnect,order=older-first]",
  "presence/unsubscribe",
  "properties/any-history",
];

/** Cases or scenarios that the server has to pass beyond those that every server passes. */
const judged: Readonly<Record<string, readonly string[]>> = {
  "by a header of SUBSCRIBE": ["identify/any-text[text=line-ends]", "properties/any-history"],
  "by the address's query": [
    "heartbeats/any-byte-is-life[sent=frames]",
    "identify/any-text[text=a-frame]",
    "presence/unsubscribe",
    "properties/any-history",
  ],
  "by a cookie": [
    "heartbeats/any-byte-is-life[sent=frames]",
    "presence/unsubscribe",
    "properties/any-history",
  ],
  "by a message, from one origin and with a key": ["identify/any-text[text=korean]"],
  "by SockJS's session id": ["presence/unsubscribe"],
  "by an id that the server gives": ["presence/unsubscribe", "properties/any-history"],
};

describe("a server is found conformant that identifies its clients", () => {
  let records: Awaited<ReturnType<typeof recordsOfAll>> = {};
  beforeAll(async () => {
    records = await recordsOfAll(serversByIdentification, { ids });
  }, 90_000);

  test.each(Object.keys(serversByIdentification))("%s", (name) => {
    const own = records[name] ?? [];
    expect(complaintsIn(own)).toEqual([]);
    for (const asked of judged[name] ?? [])
      expect(
        own.find(({ id }) => id === asked)?.verdicts.map(({ kind }) => kind),
        asked,
      ).toContain("pass");
    expect(conclude(own, requirements, { waivers: [], strict: true }).outcome).toBe("conformant");
  });
});
