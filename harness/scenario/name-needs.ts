import { namesSession } from "../history/notice.ts";
import { ownNames } from "../profile/contradiction.ts";
import type { Profile } from "../profile/profile.ts";
import { namesIn } from "../profile/template.ts";

/** Characters of a name. Some ways to the target can't carry all of them. */
type Signs = "letters" | "any-signs";

/**
 * Returns the reason why a name of such characters can't reach the target unchanged; undefined if it can. JSON, headers of
 * SEND and SUBSCRIBE, and a query escape all characters. Plain text and the headers of CONNECT escape none. HTTP headers,
 * cookies and requests before the connection may refuse names that are no plain words.
 */
export function whyNoNamesOf(signs: Signs, profile: Profile): string | undefined {
  const { identify, stomp, query, cookies, headers, before, notice } = profile;
  if ([cookies, headers, before].some(holdsClient))
    return "clients also send their names in HTTP requests, which can't carry every name";
  const isText = "body" in identify && typeof identify.body === "string" && holdsClient(identify.body);
  if (signs === "any-signs" && (isText || holdsClient(stomp.headers)))
    return "clients send their names in plain text or in headers of CONNECT, which escape nothing";
  const places = [
    stomp.headers,
    query,
    "headers" in identify ? identify.headers : undefined,
    "body" in identify ? identify.body : undefined,
  ];
  if (places.some(holdsClient)) return undefined;
  if (namesSession(notice)) return "the target's notices name session ids, not clients (`notice.names`)";
  const given = ownNames(before)
    .slice(1)
    .find((name) => namesIn([places, notice.names]).includes(name));
  return given === undefined
    ? "the profile does not show where clients send their names; write {client} into a text there"
    : `the target names its clients itself, by {${given}}; a test can't choose the name`;
}

/**
 * Returns the reason why clients with different names can't have the same cookies; undefined if they can. A cookie may hold the name
 * itself, or stand for a log-in under it.
 */
export function whyNoSharedCookies({ cookies, before }: Profile): string | undefined {
  if (holdsClient(cookies)) return "clients send their names in cookies, so that two names have two cookies";
  // Each client keeps the cookies of its own requests.
  const isLoggedIn = before.some((request) => request.per === "client" && holdsClient(request));
  return isLoggedIn
    ? "clients log in by name before they connect, so that two names have two HTTP sessions"
    : undefined;
}

const holdsClient = (value: unknown): boolean => namesIn(value).includes("client");
