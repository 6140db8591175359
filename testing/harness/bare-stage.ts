import { SetupRequests } from "../../harness/stage/setup-requests.ts";
import { NoticeOwners } from "../../harness/stage/notice-owners.ts";
import { History } from "../../harness/history/history.ts";
import type { TargetInstance } from "../../harness/stage/target-instance.ts";
import { parseProfile, type ProfileInput } from "../../harness/profile/profile.ts";
import { Stage } from "../../harness/stage/stage.ts";
import type { CaseContext } from "../../harness/stage/case-context.ts";

/** A stage without a runner, before a target that takes STOMP straight on a WebSocket; and what it records. */
export function bareStage(
  target: URL,
  { instance, ...more }: ProfileInput & { instance?: TargetInstance } = {},
): { stage: Stage; context: CaseContext } {
  const profile = parseProfile({ transport: "native", ...more }, "the test");
  const startedMs = performance.now();
  const now = () => performance.now() - startedMs;
  const context: CaseContext = {
    token: "bare",
    history: new History(now, new AbortController().signal),
    profile,
    target,
    setupRequests: new SetupRequests(profile, target),
    instance,
    owners: new NoticeOwners(now),
    browser: undefined,
    pageFiles: {},
  };
  return { stage: new Stage(context, {}), context };
}
