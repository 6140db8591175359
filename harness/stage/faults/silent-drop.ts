import { silentDropCause, type SilentDropKind } from "../../profile/silent-drop.ts";
import type { Fault } from "./fault.ts";

/**
 * Gives a fault the name of a silent drop. Windows of such a cause use `silentDropMs` in place of the negotiated
 * heartbeats, since users see a missing person, not a negotiation. The witness is that of the renamed fault.
 */
export const asSilentDrop = (fault: Fault, kind: SilentDropKind): Fault => ({
  ...fault,
  name: silentDropCause(kind),
});
