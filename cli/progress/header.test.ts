import { expect, test } from "vitest";
import { parseProfile } from "../../harness/profile/profile.ts";
import { casesOf, unmetNeed } from "../../harness/scenario/scenario.ts";
import { scenarios } from "../../scenarios/index.ts";
import { referenceProfile } from "../target/reference-target.ts";
import { expectedMs } from "../shards/expected-durations.ts";
import { expectedCases } from "./expected-cases.ts";
import { headerOf, longWaitsIn, type PlannedRun } from "./header.ts";

const plannedFor = (
  deadlines: object,
  changes: Partial<PlannedRun> = {},
  proxyIdleMs = 10_000,
): PlannedRun => {
  const profile = parseProfile({ url: "http://127.0.0.1:8080/ws", proxyIdleMs, deadlines }, "the test");
  const circumstances = { profile, noBrowser: "no browser", canStartTarget: false };
  const all = scenarios.flatMap(casesOf);
  const cases = all.filter((one) => unmetNeed(one, circumstances) === undefined);
  return {
    cases,
    inapplicable: all.length - cases.length,
    profile,
    target: "http://127.0.0.1:8080/ws",
    workers: 32,
    hasQuietInstance: false,
    soakMs: undefined,
    ...changes,
  };
};

/** Returns the minutes that a header names. */
const minutesIn = (header: string): number => Number(/about (\d+) min/.exec(header)?.[1]);

test("the header names the number of cases, the expected time and the target", () => {
  const planned = plannedFor({});
  expect(headerOf(planned)).toMatch(
    /^hangup \S+: \d+ cases in about \d min on http:\/\/127\.0\.0\.1:8080\/ws; \d+ more do not apply$/,
  );
  expect(headerOf({ ...planned, soakMs: 600_000 })).toMatch(/in rounds of about \d min each for 10 min/);
});

test("declared deadlines that make a run long are named, with their effect and a way to shorten them", () => {
  const usual = plannedFor({ silentMs: 5_000 });
  expect(longWaitsIn(usual)).toEqual([]);
  const long = plannedFor({ silentMs: 60_000, connectMs: 90_000 });
  const [connect, ...silent] = longWaitsIn(long);
  expect(connect).toMatch(
    /^\d+ cases wait up to 90 s each for the server to close a connection without a CONNECT \(`deadlines.connectMs`\), and 3 min if the server misses that deadline\. /,
  );
  expect(silent).toEqual([
    expect.stringMatching(
      /up to 60 s each for the leave of a client that dropped .+`--silent-within 20s`/,
    ) as string,
    expect.stringMatching(/silent client without heartbeats \(`deadlines.silentMs`\), and 75 s if/) as string,
  ]);
  expect(longWaitsIn(plannedFor({ silentMs: 5_000 }, {}, 60_000))).toEqual([
    expect.stringMatching(/^10 cases wait up to 75 s each on idle connections.+`--tier quick`/) as string,
  ]);
  expect(minutesIn(headerOf(long))).toBeGreaterThanOrEqual(minutesIn(headerOf(usual)) + 2);
});

test("on the reference server's profile each case is expected to take its measured time", () => {
  const cases = scenarios.flatMap(casesOf);
  for (const { scenario, expectedMs: ms } of expectedCases(cases, referenceProfile, true))
    expect(ms, scenario).toBe(Math.max(20, expectedMs[scenario] ?? 0));
});
