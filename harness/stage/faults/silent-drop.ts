import { silentDropCause, type SilentDropKind } from "../../profile/silent-drop.ts";
import type { Fault } from "./fault.ts";

/**
 * Renames a fault. Windows of this cause take `silentDropMs` in place of the negotiated heartbeats: users see a person
 * who is gone, not a negotiation.
 */
export const asSilentDrop = (fault: Fault, kind: SilentDropKind): Fault => ({
  ...fault,
  name: silentDropCause(kind),
});
