import type { Phase } from "../../harness/history/phase.ts";
import { endingWords, type EndingId } from "../../harness/util/ending-words.ts";
import type { CaseRecord } from "../../harness/judge/record.ts";

/** Everyday way of leaving, in a user's words. */
export interface EverydayEnding {
  readonly id: EndingId;
  /** Completes "A client …". */
  readonly does: string;
  /** Subject of a sentence about this ending. */
  readonly subject: string;
  /** Ids of the scenarios that play the ending. Only phases in which others know the client count. */
  readonly scenarios: readonly string[];
  /** Words for a run that played it without a browser. A tab and a browser are more than their connection. */
  readonly withoutBrowser?: Pick<EverydayEnding, "does" | "subject">;
  /** Phase in which every scenario plays this ending, and no other. */
  readonly phase?: Phase;
}

/** Everyday endings, in the order of the reports. The id of a new scenario that plays one belongs here. */
export const everydayEndings: readonly EverydayEnding[] = [
  {
    id: "disconnect",
    ...endingWords.disconnect,
    scenarios: ["leave/disconnect-with-receipt", "leave/disconnect-without-receipt"],
  },
  {
    id: "tab",
    ...endingWords.tab,
    // A client program sends the same close frame as a page, and is judged also without a browser.
    scenarios: [
      "browser/tab-closed",
      "browser/window-closed",
      "browser/navigated-away",
      "leave/close",
      "leave/close-codes",
    ],
    withoutBrowser: { does: "closes its WebSocket", subject: "A closed WebSocket" },
  },
  { id: "reload", ...endingWords.reload, scenarios: ["browser/reload"] },
  {
    id: "killed",
    ...endingWords.killed,
    scenarios: [
      "browser/killed",
      "browser/main-process-killed",
      "browser/renderer-crashed",
      "leave/process-killed",
    ],
    withoutBrowser: { does: "has its process killed", subject: "A killed client" },
  },
  {
    id: "lost",
    ...endingWords.lost,
    scenarios: [
      "leave/fin",
      "leave/rst",
      "leave/reset-upstream",
      "leave/half-close",
      "leave/cut-in-frame",
      "leave/idle-cut",
      "leave/request-aborted",
    ],
  },
  {
    id: "drop",
    ...endingWords.drop,
    scenarios: ["silence/silent-drop"],
  },
  {
    id: "frozen",
    ...endingWords.frozen,
    scenarios: ["silence/frozen"],
  },
  {
    id: "polling",
    ...endingWords.polling,
    scenarios: ["leave/polling-stops"],
  },
  {
    id: "second",
    ...endingWords.second,
    scenarios: [
      "presence/two-sessions-of-one-person",
      "presence/two-tabs-on-transport",
      "browser/one-of-two-tabs",
    ],
  },
  {
    id: "joining",
    ...endingWords.joining,
    scenarios: [],
    phase: "identifying",
  },
  {
    id: "restart",
    ...endingWords.restart,
    scenarios: ["restart/killed-and-started-again"],
  },
];

/** Returns the everyday ending that a case plays; undefined for a scenario of another kind, and for a client that has not identified or has said DISCONNECT. */
export const endingOf = ({ scenario, axes: { phase } }: CaseRecord): EverydayEnding | undefined =>
  phase === undefined || phase === "identified" || phase === "hearing"
    ? everydayEndings.find(({ scenarios }) => scenarios.includes(scenario))
    : everydayEndings.find((ending) => ending.phase === phase);
