import type { Check } from "../check.ts";
import { expectedLeaves } from "../../history/leaves/expected-leaves.ts";
import { namesWhom } from "../../profile/notices.ts";
import { fail, notApplicable } from "../verdict.ts";
import { quoted } from "./received-instead.ts";
import { seconds } from "../../util/words.ts";

/**
 * Checks that leaves name their clients where joins do. The profile shows that they do not; a leave that was received shows that the
 * profile is right.
 */
export const leaveNamesSomebody = (): Check => ({
  name: "leave-names-somebody",
  judge: ({ events, profile }) => {
    const { join, leave, roster } = profile.notice;
    if (roster !== undefined || join === undefined || !namesWhom(join))
      return notApplicable("the target's joins name nobody, or are not announced");
    if (leave === undefined || namesWhom(leave)) return notApplicable("the target's leaves name clients");
    const received = expectedLeaves(events, profile).find((one) => one.leave !== undefined);
    if (received?.leave === undefined) return notApplicable("no leave came whose name could be judged");
    const { session, observer, leave: notice } = received;
    return fail(
      `the leave of ${session.actor} names ${session.actor}, as join notices name their clients`,
      `the leave named nobody; the client that left was ${session.actor}: ${observer} received ${quoted(notice.body)} at ${seconds(notice.atMs)}`,
      [notice.index],
    );
  },
});
