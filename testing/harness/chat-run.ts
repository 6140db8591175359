import { defineScenario, disconnect, heardByAll, noFalseLeave, noLeaveTwice } from "../../harness/index.ts";
import { parseProfile } from "../../harness/profile/profile.ts";
import { runCases, type RunResult } from "../../harness/run/runner.ts";
import type { RunOptions } from "../../harness/run/run-options.ts";
import { casesOf, type Case, type Scenario } from "../../harness/scenario/scenario.ts";
import { bareRun } from "./bare-run.ts";
import { startChatServer, type Misbehaviour } from "../sample-servers/server/chat.ts";

export const chatProfile = parseProfile(
  { transport: "native", deadlines: { endedMs: 400 } },
  "the test's profile",
);

/** Runs cases against a small chat. */
export async function against(
  misbehaviour: Misbehaviour,
  cases: readonly Case[],
  changes: Partial<RunOptions> = {},
): Promise<RunResult> {
  const server = await startChatServer(misbehaviour);
  try {
    return await runCases({
      cases,
      profile: chatProfile,
      target: server.url,
      ...bareRun,
      ...changes,
    });
  } finally {
    await server.close();
  }
}

/** One leaves, one listens. */
export const leaving = (id: string, changes: Partial<Scenario> = {}): Case[] =>
  casesOf(
    defineScenario({
      id,
      title: id,
      async run(stage) {
        await stage.join("bob");
        const alice = await stage.join("alice");
        await stage.inject(disconnect(alice));
        await stage.settle();
      },
      checks: { R: [heardByAll("alice"), noLeaveTwice(), noFalseLeave()] },
      ...changes,
    }),
  );
