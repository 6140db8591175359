import { expect, test } from "vitest";
import { fin, heardByAll, leftInsideWindow, noFalseLeave, noLeaveTwice } from "../../harness/index.ts";
import { parseProfile } from "../../harness/profile/profile.ts";
import { runCases } from "../../harness/run/runner.ts";
import { caseOf } from "../../harness/scenario/scenario.ts";
import type { Stage } from "../../harness/stage/stage.ts";
import { testRun } from "../harness/chat-run.ts";
import { serve } from "../cli/hangup.ts";

test(
  "a target whose process is held up for longer than it may take is late, each time",
  { timeout: 60_000 },
  async () => {
    const { url, server } = await serve();
    const run = async (stage: Stage) => {
      await stage.join("bob");
      const alice = await stage.join("alice");
      server.kill("SIGSTOP");
      setTimeout(() => server.kill("SIGCONT"), 2_000);
      await stage.inject(fin(alice));
      await stage.settle();
    };
    const checks = {
      HEARD: [heardByAll("alice")],
      "IN-TIME": [leftInsideWindow("alice")],
      "NOT-TWICE": [noLeaveTwice()],
      "NOT-FALSE": [noFalseLeave()],
    };
    const { finished } = await runCases({
      cases: [caseOf({ id: "held-up", title: "held up", run, checks })],
      profile: parseProfile({}, "the test's profile"),
      target: new URL(url),
      ...testRun,
      workers: 1,
    });
    expect(finished[0]?.record.verdicts).toMatchObject([
      { kind: "pass", requirement: "HEARD", attempts: 3 },
      { kind: "fail", requirement: "IN-TIME", attempts: 3, failedAttempts: 3 },
      { kind: "pass", requirement: "NOT-TWICE" },
      { kind: "pass", requirement: "NOT-FALSE" },
    ]);
  },
);
