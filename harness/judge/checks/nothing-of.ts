import type { Check, Evidence } from "../check.ts";
import { isMalformedIdentify } from "../../history/malformed-identify.ts";
import { isNoName, topicTemplatesOf } from "../../history/notice.ts";
import { isSentinel } from "../../history/sessions/sentinels.ts";
import { ofKind } from "../../history/events/events.ts";
import type { Profile } from "../../profile/profile.ts";
import { fail, inconclusive } from "../verdict.ts";
import { nothingMore } from "./listening.ts";
import { quoted, tokenIn } from "./received-instead.ts";

/**
 * Checks that no other client receives a message with the name of a malformed identify message, and no join without a name after it.
 */
export function nothingOf(name: string): Check {
  return {
    name: `nothing-of(${name})`,
    invariant: true,
    judge: (evidence) => {
      const { events, alone, profile } = evidence;
      const sent = events.find(isMalformedIdentify);
      if (sent === undefined) return inconclusive("the client sent no malformed identify message");
      const token = tokenIn(events);
      const own = token === undefined ? undefined : `${name}-${token}`;
      const heard = events.filter(
        ({ index, actor }) => index > sent.index && actor !== sent.actor && !isSentinel(actor),
      );
      const expected = "no notice of a malformed identify message";
      const told = (event: { actor: string; body: string; index: number }) =>
        fail(expected, `${event.actor} received ${quoted(event.body)}`, [sent.index, event.index]);
      const named = [...ofKind(heard, "notice"), ...ofKind(heard, "message")].find(
        (event) => own !== undefined && event.body.includes(own) && !isEcho(event, profile),
      );
      if (named !== undefined) return told(named);
      const nameless = ofKind(heard, "notice").find(
        ({ event, client, claimedBy }) => event === "join" && claimedBy === "nobody" && isNoName(client),
      );
      if (nameless === undefined) return nothingMore(evidence);
      return alone
        ? told(nameless)
        : inconclusive(
            `${nameless.actor} received ${quoted(nameless.body)}, which may come from another case`,
          );
    },
  };
}

/** Returns true for a message that a broker only passed on from the topic, without reading it. */
const isEcho = ({ kind }: { kind: string }, profile: Evidence["profile"]): boolean =>
  kind === "message" && sendsToTopic(profile);

const sendsToTopic = (profile: Profile): boolean =>
  "destination" in profile.identify &&
  [profile.topic, ...topicTemplatesOf(profile)].includes(profile.identify.destination);
