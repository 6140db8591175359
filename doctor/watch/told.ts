import { parseProfile, type ProfileInput } from "../../harness/profile/profile.ts";
import type { Draft } from "../suggest/draft.ts";
import { inferNotice, type Inferred } from "../infer-notice/infer-notice.ts";
import { watchSessions } from "./watch.ts";
import { messageOf } from "../wire/words.ts";

/** How many ways to identify are tried that only the page speaks for. */
const identifiesTried = 3;

/** What test sessions showed of notices. */
export interface Told {
  readonly inferred: Inferred | undefined;
  readonly identify:
    { readonly identify: NonNullable<ProfileInput["identify"]>; readonly why: string } | undefined;
  readonly unknown: readonly string[];
}

/** Lets test sessions come and go, and tries each way to identify until a leave was told. Never rejects. */
export async function watchNotices(
  given: ProfileInput,
  native: boolean,
  target: URL,
  { topics, identifies }: Draft,
): Promise<Told> {
  let last: Told = { inferred: undefined, identify: undefined, unknown: [] };
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
      last = { ...last, unknown: [...last.unknown, `How notices look: ${messageOf(error)}`] };
    }
  }
  return last;
}

/** A notice that goes with every way to identify; how they look is yet to be seen. */
const anyNotice = { leave: { text: "nobody" } };
