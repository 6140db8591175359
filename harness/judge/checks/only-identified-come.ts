import type { Check } from "../check.ts";
import { namesNobody, tellsJoins } from "../../history/notice.ts";
import { ofKind } from "../../history/events/events.ts";
import { fail, notApplicable } from "../verdict.ts";
import { nothingMore } from "./listening.ts";

/** Checks that no observer receives a join of a client that has not identified. */
export function onlyIdentifiedCome(): Check {
  return {
    name: "only-identified-come",
    invariant: true,
    judge: (evidence) => {
      const { events, profile } = evidence;
      if (!tellsJoins(profile.notice))
        return notApplicable("the profile describes no join notice (`notice.join`)");
      if (namesNobody(profile.notice)) return notApplicable("the target's notices name nobody");
      const identified = ofKind(events, "identify-sent").map(({ client }) => client);
      const undue = ofKind(events, "notice").find(
        ({ event, client, claimedBy }) =>
          event === "join" && client !== null && claimedBy === "this-case" && !identified.includes(client),
      );
      return undue === undefined
        ? nothingMore(evidence)
        : fail(
            "only joins of clients that identified",
            `${undue.actor} received a join of "${undue.client ?? ""}"`,
            [undue.index],
          );
    },
  };
}
