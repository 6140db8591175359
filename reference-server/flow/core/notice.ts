import type { Cause } from "./events.ts";
import type { ClientData } from "./identify-message.ts";

/** Where joins and leaves are told. */
export const noticeTopic = "/topic/";

/** What the others hear. `ref` names a session (or a person) in public; it is never the transport's session id. */
export type Notice =
  | { readonly event: "join"; readonly ref: string; readonly clientData: ClientData }
  | { readonly event: "leave"; readonly ref: string; readonly clientData: ClientData; readonly cause: Cause };
