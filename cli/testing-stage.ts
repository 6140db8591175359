import { Claims } from "../harness/claims.ts";
import { History } from "../harness/history.ts";
import { parseProfile } from "../harness/profile.ts";
import { Stage } from "../harness/stage.ts";

/** A stage without a runner, on a target with the default profile, and what it records. */
export interface OpenStage {
  readonly stage: Stage;
  readonly history: History;
}

/**
 * @param url the target's endpoint
 * @param onTestFinished the test's own, since tests that run side by side can't share one
 */
export function openStage(url: string, onTestFinished: (act: () => Promise<void>) => void): OpenStage {
  const history = new History(() => performance.now(), new AbortController().signal);
  const around = {
    token: crypto.randomUUID(),
    history,
    profile: parseProfile({}, "the test"),
    target: new URL(url),
    ownTarget: undefined,
    claims: new Claims(() => performance.now()),
    browser: undefined,
    pageFiles: {},
  };
  const stage = new Stage(around, {});
  onTestFinished(() => stage.dispose());
  return { stage, history };
}
