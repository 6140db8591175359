/**
 * What suffers with what. Many requirements ask of their own situation what others ask of every leave: a mutant that
 * breaks those, breaks these as well.
 */

/** Where it shows that a leave is told twice. */
export const duplicateLeave: readonly string[] = [
  "RECONNECT-IDENTIFIES-ANEW",
  "REUSED-ID-NEW-IDENTITY",
  "SECOND-CONNECT-NO-IDENTITY",
];

/** Where it shows that somebody is told to come who is not there. */
export const falseJoin: readonly string[] = [
  "IDENTIFY-ANY-TEXT",
  "MALFORMED-IDENTIFY-HARMLESS",
  "RECONNECT-IDENTIFIES-ANEW",
  "REUSED-ID-NEW-IDENTITY",
  "SECOND-CONNECT-NO-IDENTITY",
  "SOCKJS-ANY-IDS",
];

/** Where it shows that somebody is told to leave who lives. */
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

/** Where it shows that a session which lives is ended. */
export const falseEnd: readonly string[] = [
  ...falseLeave,
  "HEARTBEAT-MARGIN",
  "LEAVE-NOT-TWICE",
  "NO-DRIFT",
  "NO-FALSE-LEAVE",
  "OTHERS-STAY-CONNECTED",
  "ROSTER-WITHOUT-LEAVER",
];

/** Where it shows, beside those, that it is ended at any moment, such as before it has identified. */
export const endAtAnyTime: readonly string[] = [
  "CONNECT-HIGHEST-VERSION",
  "DISCONNECT-RECEIPT",
  "INTERCEPTOR-SEES-FRAMES",
  "LEAVE-ON-DISCONNECT",
  "SOCKJS-OPENS-FIRST",
];

/** Where it shows that a session is still stored. */
export const mappingKept: readonly string[] = ["MAPPING-GONE-AT-NOTICE", "NO-DRIFT", "ROSTER-WITHOUT-LEAVER"];

/** Where it shows, beside the cause's own requirement, that a leave is not told, by how the session ended. */
export const missingLeave = {
  closed: [
    "ALL-AT-ONCE-ALL-TOLD",
    "IDENTIFY-LEAVES-NO-GHOST",
    "MALFORMED-IDENTIFY-HARMLESS",
    "NAME-KEPT-WITHOUT-NEW-ONE",
    "RECONNECT-IDENTIFIES-ANEW",
  ],
  // So the suite's sentinels end, too. While one is waited for in vain, others are silent for longer than they may be.
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

/** A requirement for each kind of ending. */
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

/** Where it shows, beside those, that no leave is told at all, or not to everybody. */
export const anyMissingLeave: readonly string[] = union(...Object.values(missingLeave));

/** All of them, each once. */
export function union(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())];
}
