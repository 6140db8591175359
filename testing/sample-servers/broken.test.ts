import { beforeAll, describe, expect, test } from "vitest";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { sampleServers } from "./index.ts";
import { tracker } from "./identification.ts";
import { complaintsIn, forEachServer, recordsOf, recordsOfAll } from "./run-cases.ts";

/** Scenarios that together ask every requirement that a defect breaks. */
const ids = [
  "connect/refused",
  "identify/after-subscribe",
  "identify/never",
  "identify/twice",
  "leave/disconnect-with-receipt",
  "leave/fin",
  "leave/close",
  "leave/credentials-expired",
  "leave/logged-out",
  "presence/back-within-grace",
  "presence/one-http-session[end=close,order=older-first]",
  "presence/two-sessions-of-one-person[end=disconnect,order=older-first]",
  "presence/two-sessions-of-one-person[end=fin,order=at-once]",
  "security/foreign-session-id",
  "silence/blackhole",
];

const defects = Object.entries({ ...sampleServers, "session ids in notices": tracker }).flatMap(
  ([name, server]) =>
    server.defects.map((defect) => ({ title: `${name}: ${defect.description}`, server, ...defect })),
);

describe("a server with one defect fails the requirements that the defect names, and no other", () => {
  let records: Readonly<Record<string, readonly CaseRecord[]>> = {};
  beforeAll(async () => {
    const runs = await forEachServer(defects, async ({ title, server, application, hitsOthers }) => {
      const workers = hitsOthers === true ? 1 : 4;
      return [
        title,
        await recordsOf({ ...server, application }, { ids, workers, endedAtLeastMs: 600 }),
      ] as const;
    });
    records = Object.fromEntries(runs);
  }, 120_000);

  test.each(defects)("$title", ({ title, breaks, alsoBreaks = [] }) => {
    const verdicts = (records[title] ?? []).flatMap((record) => record.verdicts);
    const failed = verdicts.flatMap((verdict) => (verdict.kind === "fail" ? [verdict] : []));
    const failing = new Set(failed.map(({ requirement }) => requirement));
    expect([...failing].sort()).toEqual([breaks, ...alsoBreaks].sort());
    for (const { requirement, evidence } of failed) expect(evidence, requirement).not.toEqual([]);
  });
});

// The whole quick tier runs in right.slow.test.ts.
describe("a right server passes the same cases", () => {
  let records: Awaited<ReturnType<typeof recordsOfAll>> = {};
  beforeAll(async () => {
    records = await recordsOfAll(sampleServers, { ids });
  }, 120_000);

  test.each(Object.keys(sampleServers))("%s", (name) => {
    expect(records[name]).not.toEqual([]);
    expect(complaintsIn(records[name] ?? [])).toEqual([]);
  });
});
