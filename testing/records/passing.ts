import type { CaseRecord } from "../../harness/judge/record.ts";
import { pass } from "../../harness/judge/verdict.ts";
import { caseOf, checkOf, detectionsOf } from "./build.ts";

export const visibleEnd = [0, 1011.8] as const;
export const silence = [1000, 5011.8] as const;
const polling = [null, 6011.8] as const;

/** Returns a passed case of one cause. */
function leave(id: string, title: string, cause: string, detections: CaseRecord["detections"]): CaseRecord {
  const requirement =
    cause === "disconnect"
      ? "LEAVE-DISCONNECT"
      : id.startsWith("browser/")
        ? "LEAVE-BROWSER-END"
        : "LEAVE-TRANSPORT-END";
  return caseOf(
    id,
    title,
    [
      checkOf(requirement, 'leftInsideWindow("alice")', pass([6, 9])),
      checkOf("ONCE-PER-SESSION", 'leftExactlyOnce("alice")', pass([9, 12])),
      checkOf("NO-FALSE-LEAVE", 'stillPresent("bob")', pass([12])),
    ],
    { detections, axes: { cause } },
  );
}

export const leaves: readonly CaseRecord[] = [
  leave("leave/disconnect-receipt", "A DISCONNECT with a receipt is answered, then reported", "disconnect", [
    ...detectionsOf("disconnect", visibleEnd, 3.1, 3.4, 4.2),
  ]),
  leave("leave/close-1000", "A close frame with 1000 is a leave", "close frame", [
    ...detectionsOf("close frame", visibleEnd, 1.2, 1.4, 1.4, 2.0),
  ]),
  leave("leave/close-without-code", "A close frame without a code is a leave", "close frame", [
    ...detectionsOf("close frame", visibleEnd, 1.1, 1.9),
  ]),
  leave("leave/fin", "A connection that ends without a close frame is a leave", "fin", [
    ...detectionsOf("fin", visibleEnd, 0.9, 1.3, 6.2),
  ]),
  leave("leave/rst", "A connection that is reset is a leave", "RST", [
    ...detectionsOf("RST", visibleEnd, 0.8, 1.0, 1.1),
  ]),
  leave("leave/process-killed", "A client whose process is killed is reported gone", "process killed", [
    ...detectionsOf("process killed", visibleEnd, 9.7, 12.4),
  ]),
  leave("polling/stops", "A client that stops polling is reported gone", "polling stops", [
    ...detectionsOf("polling stops", polling, 5006, 5021, 5044),
  ]),
  leave("browser/tab-closed[transport=websocket]", "A closed tab is reported gone", "tab closed", [
    ...detectionsOf("tab closed", visibleEnd, 14, 22, 31),
  ]),
  leave("browser/tab-closed[transport=xhr-streaming]", "A closed tab is reported gone", "tab closed", [
    ...detectionsOf("tab closed", visibleEnd, 61, 140, 388),
  ]),
  leave("browser/reloaded", "A reload ends one session and begins another", "reload", [
    ...detectionsOf("reload", visibleEnd, 18, 25),
  ]),
];

export const silent = caseOf(
  "silence/heartbeats-negotiated",
  "A client that falls silent is reported gone, not early and not late",
  [
    checkOf("LEAVE-SILENCE-WINDOW", 'leftInsideWindow("alice")', pass([7, 11])),
    checkOf("ONCE-PER-SESSION", 'leftExactlyOnce("alice")', pass([11])),
  ],
  {
    durationMs: 9530,
    detections: detectionsOf("silence", silence, 2911, 3104, 3380),
    axes: { cause: "silence" },
  },
);

export const others: readonly CaseRecord[] = [
  caseOf("connect/answered", "CONNECT is answered at the highest common version", [
    checkOf("CONNECT-ANSWERED", "answeredAt12", pass([1])),
  ]),
  caseOf("connect/before-connect", "SEND and SUBSCRIBE before CONNECT do nothing", [
    checkOf("CONNECT-FIRST", "nothingStored", pass([2, 4])),
  ]),
  caseOf("identify/foreign-session-id", "A client can't speak for another by naming its session id", [
    checkOf("IDENTIFY-BINDS-TO-SESSION", 'endAnnounces("bob", "bob")', pass([8, 10])),
  ]),
  caseOf("identify/twice", "A client that identifies twice is known by its last data", [
    checkOf("IDENTIFY-AGAIN", "lastDataWins", pass([9])),
  ]),
  caseOf("order/join-before-leave", "A leave never comes before its join", [
    checkOf("ORDER-JOIN-LEAVE", "joinThenLeave", pass([3, 9])),
  ]),
  caseOf("store/mapping-gone", "The mapping is gone when the leave is announced", [
    checkOf("STORE-CLEANED", "mappingGone", pass([10])),
  ]),
];
