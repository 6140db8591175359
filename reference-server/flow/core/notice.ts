import type { Cause } from "./events.ts";
import type { ClientData } from "./identify-message.ts";

/** Destination of join and leave notices. */
export const noticeTopic = "/topic/";

/** Notice to the other sessions. `ref` is the public name of a session or person, never the transport's session id. */
export type Notice =
  | { readonly event: "join"; readonly ref: string; readonly clientData: ClientData }
  | { readonly event: "leave"; readonly ref: string; readonly clientData: ClientData; readonly cause: Cause };
