import { countsNotices, namesNobody, topicTemplatesOf } from "../../history/notice.ts";
import type { Profile } from "../../profile/profile.ts";
import { namesIn } from "../../profile/template.ts";

/**
 * Returns true if all cases can share observers: all clients subscribe to the same topic, and each notice names one client.
 * A template that is a function, or that uses a value of one client or case, may give each case a topic of its own.
 */
export function haveCommonTopic(profile: Profile): boolean {
  const { notice, sessions, before } = profile;
  const isFixed = topicTemplatesOf(profile).every(
    (topic) => typeof topic === "string" && namesIn(topic).length === 0,
  );
  const perRun = before.every(({ per }) => per === "run");
  return isFixed && perRun && countsNotices(notice) && !namesNobody(notice) && sessions === "each";
}
