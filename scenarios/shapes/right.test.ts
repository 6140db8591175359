import { format } from "prettier";
import { beforeAll, describe, expect, test } from "vitest";
import { conclude } from "../../harness/outcome.ts";
import { requirements } from "../requirements.ts";
import { shapes } from "./index.ts";
import { complaintsIn, recordsOfAll } from "./testing.ts";

const all = Object.entries(shapes);

describe("a server as it should be is found conformant, in all that takes no browser", () => {
  let records: Awaited<ReturnType<typeof recordsOfAll>> = {};
  beforeAll(async () => {
    records = await recordsOfAll(shapes);
  }, 180_000);

  test.each(all)("%s", (name) => {
    const own = records[name] ?? [];
    expect(complaintsIn(own)).toEqual([]);
    // That takes at least one leave that was heard, and one absence that was proven.
    const { outcome, notes } = conclude(own, requirements, { waivers: [], strict: true });
    expect({ outcome, notes }).toEqual({ outcome: "conformant", notes: [] });
  });
});

test.each(all)("%s takes a profile of 25 lines at most, without a function", async (_name, { profile }) => {
  const json = JSON.stringify({ url: "ws://localhost:8080/endpoint", ...profile });
  expect(JSON.parse(json)).toMatchObject(profile);
  const lines = (await format(json, { parser: "json", printWidth: 110 })).trim().split("\n");
  expect(lines.length).toBeLessThanOrEqual(25);
});
