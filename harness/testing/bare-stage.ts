import { Admission } from "../admission.ts";
import { Claims } from "../claims.ts";
import { History } from "../history.ts";
import type { OwnTarget } from "../own-target.ts";
import { parseProfile, type ProfileInput } from "../profile.ts";
import { Stage } from "../stage.ts";
import type { Surroundings } from "../surroundings.ts";

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
