import { isOverHttp, traitsOf } from "../harness/profile/transports.ts";
import type { Need } from "../harness/scenario/scenario.ts";
import type { Axes } from "../harness/judge/judged-case.ts";

/** Returns the needs of a client on the transport of the case's axes. */
export function onTransport({ transport }: Axes): readonly Need[] {
  if (transport === undefined) return [];
  if (traitsOf(transport)?.family === "native") return ["native-websocket"];
  return isOverHttp(transport) ? ["sockjs"] : ["sockjs", "websocket"];
}
