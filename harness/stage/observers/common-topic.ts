import { countsNotices, namesNobody, topicTemplatesOf } from "../../history/notice.ts";
import type { Profile } from "../../profile/profile.ts";
import { namesIn } from "../../profile/template.ts";

/**
 * Returns true if all cases can share observers:
 * - All clients subscribe to the same topics. A template that is a function or has placeholders may give each case its own.
 * - No `before` request depends on the client or the case.
 * - Each notice is about one leave or join, and names its client. Rosters are no such notices.
 * - Each session is announced, not only a person's last one.
 */
export function haveCommonTopic(profile: Profile): boolean {
  const { notice, sessions, before } = profile;
  const isFixed = topicTemplatesOf(profile).every(
    (topic) => typeof topic === "string" && namesIn(topic).length === 0,
  );
  const perRun = before.every(({ per }) => per === "run");
  return isFixed && perRun && countsNotices(notice) && !namesNobody(notice) && sessions === "each";
}
