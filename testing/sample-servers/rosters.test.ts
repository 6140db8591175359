import { beforeAll, describe, expect, test } from "vitest";
import { complaintsIn, recordsOf, recordsOfAll } from "./run-cases.ts";
import { rosterForms } from "./rosters.ts";

const ids = [
  "leave/close",
  "leave/disconnect-with-receipt",
  "leave/fin",
  "order/late-joiner-roster",
  "silence/blackhole",
];

describe("a server whose roster has an unusual form", () => {
  let records: Awaited<ReturnType<typeof recordsOfAll>> = {};
  beforeAll(async () => {
    records = await recordsOfAll(rosterForms, { ids });
  }, 120_000);

  test.each(Object.keys(rosterForms))("%s: the right one passes", (name) => {
    const own = records[name] ?? [];
    expect(complaintsIn(own)).toEqual([]);
    const passed = own.flatMap(({ verdicts }) => verdicts.filter(({ kind }) => kind === "pass"));
    expect(passed.map(({ requirement }) => requirement)).toContain("ROSTER-WITHOUT-LEAVER");
  });

  const defects = Object.entries(rosterForms).flatMap(([name, server]) =>
    server.defects.map((defect) => ({ name, server, ...defect })),
  );

  test.each(defects)(
    "$name: one that $description fails",
    async ({ server, application, breaks }) => {
      const records = await recordsOf(
        { ...server, application },
        { ids: ["leave/disconnect-with-receipt", "leave/fin"], endedAtLeastMs: 600 },
      );
      const failed = records.flatMap(({ verdicts }) => verdicts.filter(({ kind }) => kind === "fail"));
      expect(failed.map(({ requirement }) => requirement)).toContain(breaks);
    },
    120_000,
  );
});
