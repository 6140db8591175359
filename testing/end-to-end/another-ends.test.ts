import { expect, test } from "vitest";
import { parseProfile } from "../../harness/profile/profile.ts";
import { runCases } from "../../harness/run/runner.ts";
import { casesOf } from "../../harness/scenario/scenario.ts";
import { testRun } from "../harness/chat-run.ts";
import { worst } from "../../harness/judge/verdict.ts";
import forgetsNoticeWhenAnotherEnds from "../../mutants/forgets-notice-when-another-ends.ts";
import { startMutant } from "../../mutants/start.ts";
import { startReferenceServer } from "../../reference-server/server.ts";
import { scenarioOf } from "../../scenarios/index.ts";

const cases = ["leave/broken-framing", "leave/close", "leave/rst"]
  .map(scenarioOf)
  .flatMap(casesOf)
  .filter(({ id }) => id.includes("transport=websocket,phase=hearing"));

test.each([
  ["a server that forgets it", forgetsNoticeWhenAnotherEnds, "fail"],
  ["a right one", undefined, "pass"],
] as const)(
  "the leave that is on its way when another session ends is judged: %s",
  { timeout: 60_000 },
  async (_, mutant, kind) => {
    const server = await (mutant === undefined ? startReferenceServer() : startMutant(mutant));
    try {
      const { finished } = await runCases({
        cases,
        profile: parseProfile({}, "the test's profile"),
        target: new URL(server.url),
        ...testRun,
      });
      const ofDave = finished
        .flatMap(({ record }) => record.verdicts)
        .filter(({ check }) => check === "heard-by-all(dave)");
      expect(ofDave.map(({ requirement }) => requirement)).toEqual(cases.map(() => "ALL-AT-ONCE-ALL-TOLD"));
      // Two simultaneous ends come in any order.
      expect(worst(ofDave.map((verdict) => verdict.kind))).toBe(kind);
    } finally {
      await server.stop();
    }
  },
);
