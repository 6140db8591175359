import type { ProfileInput } from "../../harness/profile/profile.ts";
import { namesIn } from "../../harness/profile/template.ts";
import type { PageHints, SendHint } from "../read-page/read-page.ts";

/** Part of a profile, with its origin. */
export interface ProfileEntry {
  readonly key: keyof ProfileInput;
  readonly value: unknown;
  readonly why: string;
}

/** Settings to try: the topics, and the ways to identify. */
export interface Draft {
  readonly topics: readonly string[];
  /** Ways to identify, the likeliest first. */
  readonly identifies: readonly {
    readonly identify: NonNullable<ProfileInput["identify"]>;
    readonly why: string;
  }[];
}

/** Names of the identify step, which a destination or a body may hold. */
const identifying =
  /join|add_?user|new_?user|register|login|sign_?in|connect|identify|enter|hello|\bws\b|users?$/i;

/** Origin of an entry that nothing was looked up for. */
export const asGiven = "as given";

/** Defaults of the source design, as in an empty profile. */
const usualTopic = "/topic/";
const usualBody = { sessionId: "{sessionId}", clientData: "{client}" };

/**
 * Returns the settings to try on a target: the given ones, those of its page, then those of the source design. Given
 * settings are never replaced.
 */
export function draftOf(profile: ProfileInput, heard: readonly string[], page: PageHints | undefined): Draft {
  const { topic, identify } = profile;
  const onPage = page?.subscriptions.map(({ destination }) => destination).filter(isUsable) ?? [];
  const told = [...(typeof topic === "string" ? [topic] : []), ...heard];
  const topics = [...new Set(told.length === 0 ? onPage : told)];
  return {
    topics: topics.length === 0 ? [usualTopic] : topics,
    identifies: identify === undefined ? identifiesOn(page) : [{ identify, why: asGiven }],
  };
}

function identifiesOn(page: PageHints | undefined): Draft["identifies"] {
  const sends = page?.sends.filter(({ destination }) => isUsable(destination)) ?? [];
  const ranked = sends.filter(saysWho).sort((a, b) => likelihood(b) - likelihood(a));
  const unread = sends.filter(({ body }) => body === unreadBody);
  const destinations = [
    ...unread.map(({ destination }) => destination),
    ...(sends.length === 0 ? ["/ws"] : []),
  ];
  return [
    ...ranked.map(({ destination, body, where, quoted }) => ({
      identify: { destination, body: body as Record<string, unknown> },
      why: `the page sends it (${where}: ${quoted})`,
    })),
    ...destinations.map((destination) => ({
      identify: { destination, body: usualBody },
      why:
        sends.length === 0
          ? "no evidence; this is the source design's way"
          : `the page sends to ${destination} what can't be read from its script; the body is the source design's`,
    })),
  ];
}

/** Stands for a body that could not be evaluated. */
const unreadBody = "unknown";

/** Nobody can subscribe to a topic that holds a value known only to the page. */
const isUsable = (destination: string): boolean =>
  namesIn(destination).every((name) => ["client", "sessionId", "room"].includes(name));

const saysWho = ({ destination, body }: SendHint): boolean =>
  isUsable(destination) &&
  (typeof body === "string" || typeof body === "object") &&
  namesIn(body).includes("client");

const likelihood = ({ destination, body }: SendHint): number =>
  (identifying.test(destination) ? 2 : 0) + (identifying.test(JSON.stringify(body)) ? 1 : 0);
