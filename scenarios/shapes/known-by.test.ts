import { beforeAll, describe, expect, test } from "vitest";
import { conclude } from "../../harness/outcome.ts";
import { requirements } from "../requirements.ts";
import { ways } from "./known-by.ts";
import { complaintsIn, recordsOfAll } from "./testing.ts";

/** By every kind of client, and every transport that it can use. */
const ids = [
  "identify/never",
  "leave/cut-in-frame",
  "leave/disconnect-then-linger",
  "leave/disconnect-with-receipt",
  "leave/idle-cut",
  "leave/process-killed",
  "leave/request-aborted",
  "leave/close",
  "presence/two-sessions-of-one-person",
];

describe("a server is found conformant that knows who a client is", () => {
  let records: Awaited<ReturnType<typeof recordsOfAll>> = {};
  beforeAll(async () => {
    records = await recordsOfAll(ways, { ids });
  }, 90_000);

  test.each(Object.keys(ways))("%s", (name) => {
    const own = records[name] ?? [];
    expect(complaintsIn(own)).toEqual([]);
    expect(conclude(own, requirements, { waivers: [], strict: true }).outcome).toBe("conformant");
  });
});
