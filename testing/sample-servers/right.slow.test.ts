import { beforeAll, describe, expect, test } from "vitest";
import { conclude } from "../../harness/judge/outcome.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { sampleServers } from "./index.ts";
import { complaintsIn, recordsOfAll } from "./run-cases.ts";

describe("a right server is found conformant in all cases without a browser", () => {
  let records: Awaited<ReturnType<typeof recordsOfAll>> = {};
  beforeAll(async () => {
    records = await recordsOfAll(sampleServers);
  }, 180_000);

  test.each(Object.keys(sampleServers))("%s", (name) => {
    const own = records[name] ?? [];
    expect(complaintsIn(own)).toEqual([]);
    // This takes at least one leave received, and one absence proven.
    const { outcome, notes } = conclude(own, requirements, { waivers: [], strict: true });
    expect({ outcome, notes }).toEqual({ outcome: "conformant", notes: [] });
  });
});
