/**
 * Requirements that fail as a consequence of a defect, for `alsoBreaks`. Many requirements check, in their own situation,
 * a rule that holds for every leave. A mutant that breaks the rule breaks these requirements as well.
 */

/** Requirements that fail if leaves are announced twice. */
export const duplicateLeave: readonly string[] = [
  "RECONNECT-IDENTIFIES-ANEW",
  "REUSED-ID-NEW-IDENTITY",
  "SECOND-CONNECT-NO-IDENTITY",
];

/** Requirements that fail if a join is announced for a client that is not connected. */
export const falseJoin: readonly string[] = [
  "IDENTIFY-ANY-TEXT",
  "MALFORMED-IDENTIFY-HARMLESS",
  "RECONNECT-IDENTIFIES-ANEW",
  "REUSED-ID-NEW-IDENTITY",
  "SECOND-CONNECT-NO-IDENTITY",
  "SOCKJS-ANY-IDS",
];

/** Requirements that fail if a leave is announced for a live client. */
export const falseLeave: readonly string[] = [
  "ANY-BYTE-IS-LIFE",
  "HEARTBEATS-AS-NEGOTIATED",
  "IDENTIFY-BINDS-TO-OWN-SESSION",
  "IDENTIFY-LAST-WINS",
  "MALFORMED-IDENTIFY-HARMLESS",
  "NAME-KEPT-WITHOUT-NEW-ONE",
  "NOTHING-BEFORE-CONNECT",
  "RECONNECT-IDENTIFIES-ANEW",
  "RELOAD-KEEPS-NEW-SESSION",
  "REUSED-ID-NEW-IDENTITY",
  "SESSIONS-OF-ONE-PERSON",
  "SOCKJS-ANY-IDS",
  "UNIDENTIFIED-ENDS-UNNAMED",
];

/** Requirements that fail if the server ends a live session. */
export const falseEnd: readonly string[] = [
  ...falseLeave,
  "HEARTBEAT-MARGIN",
  "LEAVE-NOT-TWICE",
  "NO-DRIFT",
  "NO-FALSE-LEAVE",
  "OTHERS-STAY-CONNECTED",
  "ROSTER-WITHOUT-LEAVER",
];

/** Further requirements that fail if that happens at any time, for example before the session identifies. */
export const endAtAnyTime: readonly string[] = [
  "CONNECT-HIGHEST-VERSION",
  "DISCONNECT-RECEIPT",
  "INTERCEPTOR-SEES-FRAMES",
  "LEAVE-ON-DISCONNECT",
  "SOCKJS-OPENS-FIRST",
];

/** Requirements that fail if the mapping of an ended session stays in the store. */
export const mappingKept: readonly string[] = ["MAPPING-GONE-AT-NOTICE", "NO-DRIFT", "ROSTER-WITHOUT-LEAVER"];

/** Requirements that fail if a leave is missing, by the end of the session, besides the cause's own requirement. */
export const missingLeave = {
  closed: [
    "ALL-AT-ONCE-ALL-TOLD",
    "IDENTIFY-LEAVES-NO-GHOST",
    "MALFORMED-IDENTIFY-HARMLESS",
    "NAME-KEPT-WITHOUT-NEW-ONE",
    "RECONNECT-IDENTIFIES-ANEW",
  ],
  // Sentinels end like this, too. While the suite waits for a sentinel's leave, other clients exceed their silence limits.
  disconnected: [
    "ALL-AT-ONCE-ALL-TOLD",
    "ANY-BYTE-IS-LIFE",
    "CONFIRMED-SUBSCRIBER-HEARS",
    "EVERY-SUBSCRIBER-HEARS",
    "IDENTIFY-ANY-ORDER",
    "IDENTIFY-ANY-TEXT",
    "IDENTIFY-BINDS-TO-OWN-SESSION",
    "IDENTIFY-LAST-WINS",
    "IDENTIFY-LEAVES-NO-GHOST",
    "LEAVE-WITHIN-LINGER",
    "MALFORMED-IDENTIFY-HARMLESS",
    "NO-FALSE-LEAVE",
    "RECONNECT-IDENTIFIES-ANEW",
    "RELOAD-KEEPS-NEW-SESSION",
    "RESTART-RECONCILES",
    "REUSED-ID-NEW-IDENTITY",
    "SESSIONS-OF-ONE-PERSON",
    "SOCKJS-ANY-IDS",
  ],
  lost: [
    "ALL-AT-ONCE-ALL-TOLD",
    "CONFIRMED-SUBSCRIBER-HEARS",
    "IDENTIFY-LEAVES-NO-GHOST",
    "RECONNECT-IDENTIFIES-ANEW",
    "RELOAD-KEEPS-NEW-SESSION",
    "SESSIONS-OF-ONE-PERSON",
  ],
  refused: ["IDENTIFY-LEAVES-NO-GHOST", "SECOND-CONNECT-NO-IDENTITY"],
  silent: [
    "IDENTIFY-LEAVES-NO-GHOST",
    "LEAVE-OF-STALLED-READER",
    "LEAVE-ON-SILENT-DROP",
    "LIVENESS-WITHOUT-HEARTBEATS",
  ],
} as const;

/** Requirements for each cause of an end. */
export const everyCause: readonly string[] = [
  "LEAVE-OF-STALLED-READER",
  "LEAVE-ON-CLOSE",
  "LEAVE-ON-DISCONNECT",
  "LEAVE-ON-LOST-CONNECTION",
  "LEAVE-ON-PAGE-GONE",
  "LEAVE-ON-SILENCE",
  "LEAVE-ON-SILENT-DROP",
  "LEAVE-ON-VIOLATION",
  "LIVENESS-WITHOUT-HEARTBEATS",
];

/** Further requirements that fail if leaves are missing for every cause, or for some observers. */
export const anyMissingLeave: readonly string[] = union(...Object.values(missingLeave));

/** Returns the ids of all lists without duplicates. */
export function union(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())];
}
