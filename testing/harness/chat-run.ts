import { defineScenario, disconnect, heardByAll, noFalseLeave, noLeaveTwice } from "../../harness/index.ts";
import { parseProfile } from "../../harness/profile/profile.ts";
import { runCases, type CasesResult } from "../../harness/run/runner.ts";
import type { RunOptions } from "../../harness/run/run-options.ts";
import { casesOf, type Case, type Scenario } from "../../harness/scenario/scenario.ts";
import { startChatServer, type Misbehaviour } from "../sample-servers/server/chat.ts";

/** Options of a run without a browser that is never interrupted. */
export const testRun: Omit<RunOptions, "cases" | "profile" | "target"> = {
  workers: 10,
  browser: undefined,
  noBrowser: "none",
  pageFiles: {},
  runToken: "run",
  signal: new AbortController().signal,
};

export const chatProfile = parseProfile(
  { transport: "native", deadlines: { endedMs: 400 } },
  "the test's profile",
);

/** Starts a chat, and runs cases on it. */
export async function against(
  misbehaviour: Misbehaviour,
  cases: readonly Case[],
  changes: Partial<RunOptions> = {},
): Promise<CasesResult> {
  const server = await startChatServer(misbehaviour);
  try {
    return await runCases({ ...testRun, cases, profile: chatProfile, target: server.url, ...changes });
  } finally {
    await server.close();
  }
}

/** Returns the cases of a scenario in which alice leaves and bob listens. */
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
