import type { Need } from "../harness/scenario/scenario.ts";
import type { Axes } from "../harness/judge/judged-case.ts";

/** What a client can't do without that is held to the transport which the case's axes name. */
export function onTransport({ transport }: Axes): readonly Need[] {
  if (transport === undefined) return [];
  if (transport === "native") return ["native-websocket"];
  return transport === "websocket" ? ["sockjs", "websocket"] : ["sockjs"];
}
