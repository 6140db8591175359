/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What a client says of itself: a string that isn't empty, or an object. */
export type ClientData = string | { readonly [key: string]: Json };

/** A well-formed identify message. */
export interface Identify {
  readonly clientData: ClientData;
  /** The session id that the client believes to have. A cross-check for the log; never where the data goes. */
  readonly claimedSessionId: string | null;
}

/** The largest identify message, in characters. */
const maxLength = 8192;

/** Reads the body `{sessionId?, clientData}` of an identify message. A string in return says what is wrong with it. */
export function readIdentify(body: string): Identify | string {
  if (body.length > maxLength) return `identify may have ${maxLength} characters at most`;
  const message = parseJson(body);
  if (!isObject(message) || hasProtoKey(message))
    return "identify must be a JSON object without __proto__ keys";
  const { sessionId = null, clientData } = message;
  if (sessionId !== null && typeof sessionId !== "string")
    return "identify: sessionId must be a string, if it is there";
  if (!isClientData(clientData))
    return "identify: clientData must be a string that isn't empty, or an object";
  return { clientData, claimedSessionId: sessionId };
}

/** Sessions with equal client data belong to one person. The order of an object's keys doesn't matter. */
export function personOf(clientData: ClientData): string {
  return canonical(clientData);
}

function canonical(value: Json): string {
  if (isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(",")}}`;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Whether somebody who merges the value into an object would change its prototype. */
function hasProtoKey(value: Json): boolean {
  if (typeof value !== "object" || value === null) return false;
  return (
    Object.hasOwn(value, "__proto__") ||
    Object.values(value as { readonly [key: string]: Json }).some(hasProtoKey)
  );
}

function isClientData(value: Json | undefined): value is ClientData {
  return typeof value === "string" ? value !== "" : isObject(value);
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
