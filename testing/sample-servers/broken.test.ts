import { beforeAll, describe, expect, test } from "vitest";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { shapes } from "./index.ts";
import { tracker } from "./identification.ts";
import { complaintsIn, forEachServer, recordsOf, recordsOfAll } from "./run-cases.ts";

/** At least one for each requirement that any of the mistakes breaks. */
const ids = [
  "identify/after-subscribe",
  "identify/never",
  "identify/twice",
  "leave/disconnect-with-receipt",
  "leave/fin",
  "leave/close",
  "presence/back-within-grace",
  "presence/two-sessions-of-one-person",
  "security/foreign-session-id",
  "silence/blackhole",
];

const mistakes = Object.entries({ ...shapes, "session ids in notices": tracker }).flatMap(([name, shape]) =>
  shape.broken.map((broken) => ({ title: `${name}: ${broken.what}`, shape, ...broken })),
);

describe("a server that is broken in one place fails by what that breaks, and by nothing else", () => {
  let records: Readonly<Record<string, readonly CaseRecord[]>> = {};
  beforeAll(async () => {
    const runs = await forEachServer(mistakes, async ({ title, shape, application, hitsOthers }) => {
      const workers = hitsOthers === true ? 1 : 4;
      return [title, await recordsOf({ ...shape, application }, { ids, workers })] as const;
    });
    records = Object.fromEntries(runs);
  }, 120_000);

  test.each(mistakes)("$title", ({ title, breaks, alsoBreaks = [] }) => {
    const verdicts = (records[title] ?? []).flatMap((record) => record.verdicts);
    const failed = verdicts.flatMap((verdict) => (verdict.kind === "fail" ? [verdict] : []));
    const failing = new Set(failed.map(({ requirement }) => requirement));
    expect([...failing].sort()).toEqual([breaks, ...alsoBreaks].sort());
    for (const { requirement, evidence } of failed) expect(evidence, requirement).not.toEqual([]);
  });
});

// The whole quick tier is asked in right.slow.test.ts.
describe("a server that is not broken passes the same cases", () => {
  let records: Awaited<ReturnType<typeof recordsOfAll>> = {};
  beforeAll(async () => {
    records = await recordsOfAll(shapes, { ids });
  }, 120_000);

  test.each(Object.keys(shapes))("%s", (name) => {
    expect(records[name]).not.toEqual([]);
    expect(complaintsIn(records[name] ?? [])).toEqual([]);
  });
});
