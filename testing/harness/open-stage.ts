import type { Actor } from "../../harness/stage/actor.ts";
import { SetupRequests } from "../../harness/stage/setup-requests.ts";
import { NoticeOwners } from "../../harness/stage/notice-owners.ts";
import { History } from "../../harness/history/history.ts";
import { judge } from "../../harness/judge/judge.ts";
import type { CheckVerdict } from "../../harness/judge/verdict.ts";
import { parseProfile, type ProfileInput } from "../../harness/profile/profile.ts";
import type { Case } from "../../harness/scenario/scenario.ts";
import { Stage } from "../../harness/stage/stage.ts";
import type { CaseContext } from "../../harness/stage/case-context.ts";

/** A stage without a runner, and what it records. */
export interface OpenStage {
  readonly stage: Stage;
  readonly history: History;
}

/**
 * @param url the target's endpoint
 * @param onTestFinished the test's own, since tests that run side by side can't share one
 * @param declared the profile; the default one when left out
 */
export function openStage(
  url: string,
  onTestFinished: (act: () => Promise<void>) => void,
  declared: ProfileInput = {},
): OpenStage {
  const history = new History(() => performance.now(), new AbortController().signal);
  const profile = parseProfile(declared, "the test");
  const target = new URL(url);
  const context = {
    token: crypto.randomUUID(),
    history,
    profile,
    target,
    setupRequests: new SetupRequests(profile, target),
    instance: undefined,
    owners: new NoticeOwners(() => performance.now()),
    browser: undefined,
    pageFiles: {},
  };
  const stage = new Stage(context, {});
  onTestFinished(() => stage.dispose());
  return { stage, history };
}

/** Takes the effect from what a fault is about to do to the actor. The fault itself goes through all its motions. */
export type Sabotage = (actor: Actor) => unknown;

/**
 * Plays a case until its first fault was injected, without effect, and had its time; judges what is on record then.
 * @throws Error when no fault is injected within a minute
 */
export async function judgeSabotaged(
  one: Case,
  sabotage: Sabotage,
  context: Omit<CaseContext, "history" | "instance" | "setupRequests">,
): Promise<readonly CheckVerdict[]> {
  const startedMs = performance.now();
  const history = new History(() => performance.now() - startedMs, AbortSignal.timeout(60_000));
  const setupRequests = new SetupRequests(context.profile, context.target);
  const stage = new Stage({ ...context, history, setupRequests, instance: undefined }, one.axes);
  const inject = stage.inject.bind(stage);
  try {
    await new Promise<void>((resolve, reject) => {
      stage.inject = async (fault) => {
        await sabotage(fault.actor);
        await inject(fault);
        resolve();
        // What the scenario does next makes no difference any more.
        return new Promise(() => undefined);
      };
      one.scenario.run(stage).then(() => reject(new Error("no fault was injected")), reject);
    });
    const { profile } = context;
    return judge(one, { events: history.events, profile, alone: false, trouble: undefined });
  } finally {
    await stage.dispose();
  }
}
