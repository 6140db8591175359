import { SetupRequests } from "../../harness/stage/setup-requests.ts";
import { createTimeout } from "../../harness/run/case-timeouts.ts";
import { NoticeOwners, lookPrefix } from "../../harness/stage/notice-owners.ts";
import { History } from "../../harness/history/history.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import { Stage } from "../../harness/stage/stage.ts";

/** Stage without a runner, and its history. */
export interface OpenStage {
  readonly stage: Stage;
  readonly history: History;
  readonly setupRequests: SetupRequests;
  readonly owners: NoticeOwners;
  /** Token of this stage, which is part of every name. */
  readonly token: string;
}

export interface StageOptions {
  /** Time limit for everything, in milliseconds. */
  readonly limitMs?: number;
  /** Aborts the action. */
  readonly signal?: AbortSignal;
  /** Token; a new one by default. */
  readonly token?: string;
}

/** Returns letters and digits that no other run uses in its names. */
export const newToken = (): string => `${lookPrefix}${Math.floor(Math.random() * 36 ** 6).toString(36)}`;

const usualLimitMs = 40_000;

/** Runs an action on a stage without a runner. All connections are closed when this resolves or rejects. */
export async function onStage<T>(
  profile: Profile,
  target: URL,
  act: (open: OpenStage) => Promise<T>,
  { limitMs = usualLimitMs, signal = new AbortController().signal, token = newToken() }: StageOptions = {},
): Promise<T> {
  const startedMs = performance.now();
  const now = () => performance.now() - startedMs;
  const limit = createTimeout(signal);
  limit.start(() => limitMs);
  const history = new History(now, limit.signal);
  const setupRequests = new SetupRequests(profile, target);
  const owners = new NoticeOwners(now);
  const context = { token, history, profile, target, setupRequests, owners };
  const stage = new Stage({ ...context, instance: undefined, browser: undefined, pageFiles: {} }, {});
  try {
    return await act({ stage, history, setupRequests, owners, token });
  } finally {
    limit.clear();
    await stage.dispose();
    await setupRequests.dispose();
  }
}
