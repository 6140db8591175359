import type { CheckKind } from "./check.ts";
import { heardByAllKind } from "./checks/heard-by-all.ts";
import { joinedOnceEachKind } from "./checks/joined-once-each.ts";
import { leaveNamesLeaverKind } from "./checks/leave-names-leaver.ts";
import { leftInsideWindowKind } from "./checks/left-inside-window.ts";
import { leavesNoGhostKind } from "./checks/leaves-no-ghost.ts";
import { noFalseLeaveKind, noLeaveTwiceKind } from "./checks/no-undue-leave.ts";
import { staysGoneKind } from "./checks/stays-gone.ts";
import { toldInTimeKind } from "./checks/told-in-time.ts";

/** A question about an everyday ending: see `CheckKind`. */
export type LeaveQuestion = NonNullable<CheckKind["answers"]>;

/** The checks with data that the run's outcome and the reports need. */
const kinds: readonly CheckKind[] = [
  heardByAllKind,
  joinedOnceEachKind,
  leaveNamesLeaverKind,
  leavesNoGhostKind,
  leftInsideWindowKind,
  noFalseLeaveKind,
  noLeaveTwiceKind,
  staysGoneKind,
  toldInTimeKind,
];

const byId = new Map(kinds.map((kind) => [kind.id, kind]));

/** Returns a check's data by the name in a record, such as `heard-by-all(alice)`. A check without data has only its id. */
export function kindOfCheck(name: string): CheckKind {
  const id = name.split("(")[0] ?? name;
  return byId.get(id) ?? { id };
}

/** Returns the actor in a check's name: `alice` of `heard-by-all(alice)`. Undefined for a check of the whole case. */
export const actorOfCheck = (name: string): string | undefined => /\(([^,)]*)/.exec(name)?.[1];
