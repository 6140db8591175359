import type { ClientCommand } from "../../clients/protocol.ts";
import { encodeStomp } from "../../clients/raw/codec/stomp-frame.ts";
import type { Profile } from "../../profile/profile.ts";
import { fill, fillAll, fillBody, type Values } from "../../profile/template.ts";

/** Changes the body of an identify message, in which `client` is the client data. */
export type SpoilBody = (body: string, client: string) => string;

/**
 * Returns the command that sends the profile's identify message; undefined if the target takes no such message.
 * @param claimName claims the client's name in notices and returns it
 * @param sessionId session id to put into the body in place of the client's own
 */
export function identifyCommand(
  { identify }: Profile,
  values: Values,
  claimName: () => string,
  sessionId?: string,
): ClientCommand | undefined {
  if (!("destination" in identify)) return undefined;
  const body = fillBody(identify.body, values);
  return {
    do: "identify",
    destination: fill(identify.destination, values),
    client: claimName(),
    body: sessionId === undefined ? body : body.replaceAll("{sessionId}", () => sessionId),
    headers: fillAll(identify.headers, values),
    receipt: identify.confirmed === "receipt",
  };
}

/**
 * Returns the profile's identify message as a STOMP frame.
 * @throws Error if the target takes no such message
 */
export function identifyFrame(
  { identify }: Profile,
  values: Values & { readonly client: string },
  spoil: SpoilBody = (body) => body,
): string {
  if (!("destination" in identify))
    throw new Error('the target identifies nobody by a message; the scenario needs "identify-message"');
  const headers = { "content-type": "application/json", ...fillAll(identify.headers, values) };
  const body = spoil(fillBody(identify.body, values), values.client);
  return encodeStomp("SEND", { destination: fill(identify.destination, values), ...headers }, body);
}
