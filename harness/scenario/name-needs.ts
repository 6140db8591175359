import type { Profile } from "../profile/profile.ts";
import { namesIn } from "../profile/template.ts";

/** Signs in a name that some ways to the target can't carry. */
type Signs = "letters" | "any-signs";

/**
 * Returns why a name of such signs can't reach the target unchanged; undefined where it can. JSON, headers of SEND and
 * SUBSCRIBE, and a query escape any sign. A text and the headers of CONNECT escape none. HTTP headers, cookies and
 * requests before the connection may refuse names that are no plain words.
 */
export function whyNoNamesOf(signs: Signs, profile: Profile): string | undefined {
  const { identify, stomp, query, cookies, headers, before } = profile;
  if ([cookies, headers, before].some(holdsClient))
    return "clients also give their names in HTTP requests, which can't hold every name";
  const isText = "body" in identify && typeof identify.body === "string" && holdsClient(identify.body);
  if (signs === "any-signs" && (isText || holdsClient(stomp.headers)))
    return "clients give their names in a text or in headers of CONNECT, which escape nothing";
  const places = [
    stomp.headers,
    query,
    "headers" in identify ? identify.headers : undefined,
    "body" in identify ? identify.body : undefined,
  ];
  return places.some(holdsClient) ? undefined : "nothing shows where clients give their names";
}

const holdsClient = (value: unknown): boolean => namesIn(value).includes("client");
