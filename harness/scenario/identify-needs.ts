import { namesNobody, namesSession } from "../history/notice.ts";
import { ownNames } from "../profile/contradiction.ts";
import type { Profile } from "../profile/profile.ts";
import { namesIn } from "../profile/template.ts";

/** Need that depends on the way in which clients identify and notices name them. */
export type IdentifyNeed =
  /** A client identifies by a message, at any time and any number of times. */
  | "identify-message"
  /** A client identifies by a step of its own: a message, CONNECT or SUBSCRIBE. */
  | "identify-step"
  /** A subscription does not identify a client. */
  | "free-subscriptions"
  /** CONNECT does not identify a client. */
  | "nobody-at-connect"
  /** The identify message is a JSON object that contains the client data. */
  | "json-identify"
  /** The identify message contains the session id. */
  | "told-session-id"
  /** Notices contain the client data, not the session id. */
  | "named-clients"
  /** Notices contain a name. */
  | "named-notices";

/** Returns the reason why the profile does not meet the need; undefined if it does. */
export function whyNotIdentified(need: IdentifyNeed, profile: Profile): string | undefined {
  const { identify, notice } = profile;
  const { by = "message" } = identify;
  switch (need) {
    case "identify-message":
      return by === "message" ? undefined : otherwise[by];
    case "identify-step":
      return by === "nothing" ? otherwise[by] : undefined;
    case "nobody-at-connect":
      return by === "connect" || by === "nothing" ? otherwise[by] : undefined;
    case "free-subscriptions":
      if (profile.announced === "subscribers")
        return "the target announces only clients that have subscribed (`announced`)";
      return by === "subscribe" ? otherwise[by] : undefined;
    case "json-identify":
      return whyNoJson(profile);
    case "told-session-id":
      if (!("body" in identify)) return by === "message" ? undefined : otherwise[by];
      return namesIn(identify.body).includes("sessionId")
        ? undefined
        : "the identify message contains no session id (`identify.body`)";
    case "named-notices":
    case "named-clients":
      if (namesNobody(notice)) return nobodyNamed;
      return need === "named-clients" && namesSession(notice)
        ? "the target's notices name session ids, not clients (`notice.names`)"
        : undefined;
  }
}

/** Reason for notices without a name. */
export const nobodyNamed = "the target's notices name nobody";

const otherwise = {
  connect: "the target identifies clients by CONNECT, not by a message (`identify.by`)",
  subscribe: "the target identifies clients by SUBSCRIBE, not by a message (`identify.by`)",
  nothing: "the target identifies clients by nothing at all (`identify.by`)",
} as const;

function whyNoJson({ identify, before }: Profile): string | undefined {
  const { by = "message" } = identify;
  if (!("body" in identify)) return by === "message" ? undefined : otherwise[by];
  const { body } = identify;
  if (typeof body === "function") return "`identify.body` is a function, and hangup can't change its parts";
  if (typeof body === "string") return "the identify message is a text, not JSON (`identify.body`)";
  const names = namesIn(body);
  if (names.includes("client")) return undefined;
  const given = ownNames(before).find((name) => names.includes(name));
  return given === undefined
    ? "the identify message does not name the client (`identify.body`)"
    : `the identify message holds {${given}}, a value from \`before\`, not {client}`;
}
