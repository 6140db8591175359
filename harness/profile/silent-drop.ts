import type { Fault } from "../stage/faults/fault.ts";
import type { Profile } from "./profile.ts";

/**
 * Default of `deadlines.silentMs`, in milliseconds. Proxies often cut idle connections after 60 s; Spring with heartbeats of
 * 10 s needs at most 50 s.
 */
export const defaultSilentMs = 60_000;

const prefix = "silent-drop-";

/** Kinds of silent drop, as the causes of a record name them after `silent-drop-`. */
const kinds = ["packets-lost", "behind-proxy", "frozen"] as const;
type Kind = (typeof kinds)[number];

/**
 * Renames a fault. For this name the oracle applies `silentDropMs` in place of the negotiated heartbeats: users see a person
 * who is gone, not a negotiation.
 */
export const asSilentDrop = (fault: Fault, kind: Kind): Fault => ({ ...fault, name: `${prefix}${kind}` });

/** Returns true for the name of a fault that `asSilentDrop` made. */
export const isSilentDrop = (fault: string): boolean => fault.startsWith(prefix);

/** Every cause that `--silent-within` sets a deadline for. */
export const silentDropCauses: readonly string[] = kinds.map((kind) => `${prefix}${kind}`);

/** Returns the deadline of a silent drop, in milliseconds from the client's last byte to the leave notice. */
export const silentDropMs = (fault: string, { deadlines }: Pick<Profile, "deadlines">): number =>
  deadlines.causes[fault] ?? deadlines.silentMs ?? defaultSilentMs;
