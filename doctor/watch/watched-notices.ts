import { parseProfile, type ProfileInput } from "../../harness/profile/profile.ts";
import type { Draft } from "../suggest/draft.ts";
import { inferNotice, type Inferred } from "../infer-notice/infer-notice.ts";
import { watchSessions } from "./watch.ts";
import { messageOf } from "../../harness/util/words.ts";

/** Number of ways to identify that are tried on the evidence of the page alone. */
const identifiesTried = 3;

/** Notices that test sessions brought about. */
export interface WatchedNotices {
  readonly inferred: Inferred | undefined;
  readonly identify:
    { readonly identify: NonNullable<ProfileInput["identify"]>; readonly why: string } | undefined;
  readonly unknown: readonly string[];
}

/** Connects and ends test sessions, with each way to identify until a leave is announced. Never rejects. */
export async function watchNotices(
  given: ProfileInput,
  native: boolean,
  target: URL,
  { topics, identifies }: Draft,
): Promise<WatchedNotices> {
  let last: WatchedNotices = { inferred: undefined, identify: undefined, unknown: [] };
  for (const identify of identifies.slice(0, identifiesTried)) {
    try {
      const whole = parseProfile(
        {
          ...given,
          identify: { ...identify.identify, confirmed: undefined },
          notice: anyNotice,
          sessions: "each",
          graceMs: 0,
        },
        "the way to identify",
      );
      const inferred = inferNotice(
        await watchSessions({ ...whole, transport: native ? "native" : "sockjs" }, target, topics),
      );
      last = { inferred, identify, unknown: inferred.unknown };
      if (inferred.notice !== undefined) return last;
    } catch (error) {
      last = { ...last, unknown: [...last.unknown, `The notices: ${messageOf(error)}`] };
    }
  }
  return last;
}

/** Placeholder for a `notice` that is not yet known. */
const anyNotice = { leave: { text: "nobody" } };
