import { beforeAll, describe, expect, test } from "vitest";
import { conclude } from "../../harness/judge/outcome.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { shapes } from "./index.ts";
import { complaintsIn, recordsOfAll } from "./run-cases.ts";

describe("a server as it should be is found conformant, in all that takes no browser", () => {
  let records: Awaited<ReturnType<typeof recordsOfAll>> = {};
  beforeAll(async () => {
    records = await recordsOfAll(shapes);
  }, 180_000);

  test.each(Object.keys(shapes))("%s", (name) => {
    const own = records[name] ?? [];
    expect(complaintsIn(own)).toEqual([]);
    // That takes at least one leave that was heard, and one absence that was proven.
    const { outcome, notes } = conclude(own, requirements, { waivers: [], strict: true });
    expect({ outcome, notes }).toEqual({ outcome: "conformant", notes: [] });
  });
});
