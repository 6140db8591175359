import { files } from "./fault-files.generated.ts";
import { silentDropCauses } from "./silent-drop.ts";

/** Names of faults whose file's name is not their only name, by file. Every other fault has its file's name. */
const namesByFile = {
  "before-connect": ["send-before-connect", "subscribe-before-connect"],
  blackhole: ["blackhole", "blackhole-to-target", "blackhole-from-target"],
  "cut-handshake": ["cut-handshake-request", "cut-handshake-answer"],
  outage: ["outage", "outage-to-target", "outage-from-target"],
  "silent-drop": silentDropCauses,
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Cause of a session that ends because the runner kills the target. */
export const killTargetCause = "kill-target";

/** Cause of a session that ends because the runner asks the target to stop. */
export const stopTargetCause = "stop-target";

type FaultFile = (typeof files)[number];

/** Name of a fault, which is the cause of the ends that the fault brings about. */
export type FaultName =
  | Exclude<FaultFile, keyof typeof namesByFile>
  | (typeof namesByFile)[keyof typeof namesByFile][number]
  | typeof killTargetCause
  | typeof stopTargetCause;

/** Returns the names that faults of this file can have. */
export const faultNamesOf = (file: string): readonly string[] =>
  (namesByFile as Readonly<Record<string, readonly string[]>>)[file] ?? [file];

/** Every name that `deadlines.causes` takes. */
export const causes = [...files.flatMap(faultNamesOf), killTargetCause].sort() as readonly FaultName[];

/** Returns true for a name that `deadlines.causes` takes. */
export const isCause = (name: string): boolean => causes.some((cause) => cause === name);
