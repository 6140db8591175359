/** JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Data by which a client identifies itself: a non-empty string or an object. */
export type ClientData = string | { readonly [key: string]: Json };

/** Well-formed identify message. */
export interface Identify {
  readonly clientData: ClientData;
  /** Session id that the client sent. It appears in the log as a cross-check and never selects a session. */
  readonly claimedSessionId: string | null;
}

/** Maximum length of an identify message, in characters. */
const maxLength = 8192;

/** Parses an identify message, `{sessionId?, clientData}`. Returns a string with the reason if it is malformed. */
export function readIdentify(body: string): Identify | string {
  if (body.length > maxLength) return `identify may have at most ${maxLength} characters`;
  const message = parseJson(body);
  if (!isObject(message) || hasProtoKey(message))
    return "identify must be a JSON object without __proto__ keys";
  const { sessionId = null, clientData } = message;
  if (sessionId !== null && typeof sessionId !== "string")
    return "identify: sessionId must be a string or absent";
  if (!isClientData(clientData)) return "identify: clientData must be a non-empty string or an object";
  return { clientData, claimedSessionId: sessionId };
}

/** Returns the person's key: equal for equal client data, whatever the order of an object's keys. */
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

/** Returns true if merging the value into an object would change the object's prototype. */
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
