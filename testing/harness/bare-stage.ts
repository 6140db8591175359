import { Admission } from "../../harness/stage/setup-requests.ts";
import { Claims } from "../../harness/stage/notice-owners.ts";
import { History } from "../../harness/history/history.ts";
import type { OwnTarget } from "../../harness/stage/target-instance.ts";
import { parseProfile, type ProfileInput } from "../../harness/profile/profile.ts";
import { Stage } from "../../harness/stage/stage.ts";
import type { Surroundings } from "../../harness/stage/case-context.ts";

/** A stage without a runner, before a target that takes STOMP straight on a WebSocket; and what it records. */
export function bareStage(
  target: URL,
  { ownTarget, ...more }: ProfileInput & { ownTarget?: OwnTarget } = {},
): { stage: Stage; around: Surroundings } {
  const profile = parseProfile({ transport: "native", ...more }, "the test");
  const startedMs = performance.now();
  const now = () => performance.now() - startedMs;
  const around: Surroundings = {
    token: "bare",
    history: new History(now, new AbortController().signal),
    profile,
    target,
    admission: new Admission(profile, target),
    ownTarget,
    claims: new Claims(now),
    browser: undefined,
    pageFiles: {},
  };
  return { stage: new Stage(around, {}), around };
}
