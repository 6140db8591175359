import { onTestFinished as onAnyTestFinished } from "vitest";
import { pageFiles } from "../../browser-fixtures/files.ts";
import type { RunBrowser } from "../../harness/clients/browser.ts";
import type { Actor } from "../../harness/stage/actor.ts";
import { SetupRequests } from "../../harness/stage/setup-requests.ts";
import { NoticeOwners } from "../../harness/stage/notice-owners.ts";
import { History } from "../../harness/history/history.ts";
import { judge } from "../../harness/judge/judge.ts";
import type { CheckVerdict } from "../../harness/judge/verdict.ts";
import type { TargetInstance } from "../../harness/stage/target-instance.ts";
import { parseProfile, type ProfileInput } from "../../harness/profile/profile.ts";
import type { Case } from "../../harness/scenario/scenario.ts";
import { Stage } from "../../harness/stage/stage.ts";
import type { CaseContext } from "../../harness/stage/case-context.ts";

/** A stage without a runner. */
export interface TestStage {
  readonly stage: Stage;
  readonly history: History;
  readonly context: CaseContext;
}

export interface TestStageOptions {
  /** Target that the stage may stop; none when left out. */
  readonly instance?: TargetInstance;
  /** Browser for tabs; none when left out. */
  readonly browser?: RunBrowser | undefined;
  /** Part of every client's name; random when left out, since tests share targets. */
  readonly token?: string;
  /** The test's own hook; a concurrent test must give it. */
  readonly onTestFinished?: (dispose: () => Promise<void>) => void;
}

/**
 * Opens a stage before a target for one test, and disposes of it after the test. This is the way for a test to play actors
 * without a scenario; `runCases` with `testRun` is the one to run cases.
 * @param target the endpoint's address
 * @param declared the target's profile; the default profile describes the reference server
 */
export function openStage(
  target: URL | string,
  declared: ProfileInput = {},
  {
    instance,
    browser,
    token = crypto.randomUUID(),
    onTestFinished = onAnyTestFinished,
  }: TestStageOptions = {},
): TestStage {
  const profile = parseProfile(declared, "the test");
  const now = clock();
  const context: CaseContext = {
    token,
    history: new History(now, new AbortController().signal),
    profile,
    target: new URL(target),
    setupRequests: new SetupRequests(profile, new URL(target)),
    instance,
    owners: new NoticeOwners(now),
    browser,
    pageFiles: browser === undefined ? {} : pageFiles,
  };
  const stage = new Stage(context, {});
  onTestFinished(() => stage.dispose());
  return { stage, history: context.history, context };
}

/** Returns a clock that shows 0 now. */
function clock(): () => number {
  const startedMs = performance.now();
  return () => performance.now() - startedMs;
}

/** Takes away the effect of a fault on the actor, before the fault is injected. */
export type Sabotage = (actor: Actor) => unknown;

/**
 * Plays a case up to its first fault, which has no effect, and judges the history up to the fault's witness or timeout.
 * @throws Error when the case injects no fault within a minute
 */
export async function judgeSabotaged(
  one: Case,
  sabotage: Sabotage,
  shared: Omit<CaseContext, "history" | "instance" | "setupRequests">,
): Promise<readonly CheckVerdict[]> {
  const { profile, target } = shared;
  const history = new History(clock(), AbortSignal.timeout(60_000));
  const setupRequests = new SetupRequests(profile, target);
  const stage = new Stage({ ...shared, history, setupRequests, instance: undefined }, one.axes);
  const inject = stage.inject.bind(stage);
  try {
    await new Promise<void>((resolve, reject) => {
      stage.inject = async (fault) => {
        await sabotage(fault.actor);
        await inject(fault);
        resolve();
        // The rest of the scenario makes no difference.
        return new Promise(() => undefined);
      };
      one.scenario.run(stage).then(() => reject(new Error("no fault was injected")), reject);
    });
    return judge(one, { events: history.events, profile, alone: false, trouble: undefined });
  } finally {
    await stage.dispose();
  }
}
