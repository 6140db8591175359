import type { ProfileInput } from "../../harness/profile/profile.ts";
import { namesIn } from "../../harness/profile/template.ts";
import type { PageHints, SendHint } from "../read-page/read-page.ts";

/** One thing of a profile, and where it comes from. */
export interface Entry {
  readonly key: keyof ProfileInput;
  readonly value: unknown;
  readonly why: string;
}

/** What is tried: where to listen, and how to say who a client is. */
export interface Draft {
  readonly topics: readonly string[];
  /** The ways to identify, the likeliest first. */
  readonly identifies: readonly {
    readonly identify: NonNullable<ProfileInput["identify"]>;
    readonly why: string;
  }[];
}

/** Names of the flow's own act, which a destination or a body may hold. */
const identifying =
  /join|add_?user|new_?user|register|login|sign_?in|connect|identify|enter|hello|\bws\b|users?$/i;

/** Where an entry comes from that was not looked for. */
export const asGiven = "as given";

/** The source design's own, as a profile has them that says nothing. */
const usualTopic = "/topic/";
const usualBody = { sessionId: "{sessionId}", clientData: "{client}" };

/**
 * What to try on a target, from what was given, what its page says, and at last what the source design does. What was
 * given is never replaced.
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
          ? "nothing says how; this is what the source design does"
          : `the page sends to ${destination} what can't be read from its script; the body is the source design's`,
    })),
  ];
}

/** What stands for a body that could not be worked out. */
const unreadBody = "unknown";

/** Where a topic of the page holds a value that only the page knows, nobody can listen. */
const isUsable = (destination: string): boolean =>
  namesIn(destination).every((name) => ["client", "sessionId", "room"].includes(name));

const saysWho = ({ destination, body }: SendHint): boolean =>
  isUsable(destination) &&
  (typeof body === "string" || typeof body === "object") &&
  namesIn(body).includes("client");

const likelihood = ({ destination, body }: SendHint): number =>
  (identifying.test(destination) ? 2 : 0) + (identifying.test(JSON.stringify(body)) ? 1 : 0);
