import { Admission } from "../../harness/stage/admission.ts";
import { limitedBy } from "../../harness/run/bounded.ts";
import { Claims, lookPrefix } from "../../harness/stage/claims.ts";
import { History } from "../../harness/history/history.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import { Stage } from "../../harness/stage/stage.ts";

/** A stage without a runner, and what is recorded there. */
export interface OpenStage {
  readonly stage: Stage;
  readonly history: History;
  readonly admission: Admission;
  readonly claims: Claims;
  /** Of this stage alone; it is in every name. */
  readonly token: string;
}

export interface StageOptions {
  /** How long all of it may take, in milliseconds. */
  readonly limitMs?: number;
  /** Gives it up. */
  readonly signal?: AbortSignal;
  /** See `OpenStage`; a new one when left out. */
  readonly token?: string;
}

/** Returns letters and digits that no other run has in its names. */
export const newToken = (): string => `${lookPrefix}${Math.floor(Math.random() * 36 ** 6).toString(36)}`;

const usualLimitMs = 40_000;

/** Acts on a target without a runner, for a look at it. Everything that was opened is gone when this resolves or rejects. */
export async function onStage<T>(
  profile: Profile,
  target: URL,
  act: (open: OpenStage) => Promise<T>,
  { limitMs = usualLimitMs, signal = new AbortController().signal, token = newToken() }: StageOptions = {},
): Promise<T> {
  const startedMs = performance.now();
  const now = () => performance.now() - startedMs;
  const limit = limitedBy(signal);
  limit.start(() => limitMs);
  const history = new History(now, limit.signal);
  const admission = new Admission(profile, target);
  const claims = new Claims(now);
  const around = { token, history, profile, target, admission, claims };
  const stage = new Stage({ ...around, ownTarget: undefined, browser: undefined, pageFiles: {} }, {});
  try {
    return await act({ stage, history, admission, claims, token });
  } finally {
    limit.clear();
    await stage.dispose();
  }
}
