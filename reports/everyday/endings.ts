import type { CaseRecord } from "../../harness/judge/record.ts";

/** Everyday way of leaving, in a user's words. */
export interface EverydayEnding {
  readonly id: string;
  /** Completes "A client …". */
  readonly does: string;
  /** Subject of a sentence about this ending. */
  readonly subject: string;
  /** Ids of the scenarios that play the ending. Only phases in which others know the client count. */
  readonly scenarios: readonly string[];
}

/** Everyday endings, in the order of the reports. The id of a new scenario that plays one belongs here. */
export const everydayEndings: readonly EverydayEnding[] = [
  {
    id: "disconnect",
    does: "presses Disconnect",
    subject: "A clean disconnect",
    scenarios: ["leave/disconnect-with-receipt", "leave/disconnect-without-receipt"],
  },
  {
    id: "tab",
    does: "closes the tab",
    subject: "A closed tab",
    // A client program sends the same close frame as a page, and is judged also without a browser.
    scenarios: [
      "browser/tab-closed",
      "browser/window-closed",
      "browser/navigated-away",
      "leave/close",
      "leave/close-codes",
    ],
  },
  { id: "reload", does: "reloads the page", subject: "A reloaded page", scenarios: ["browser/reload"] },
  {
    id: "killed",
    does: "has its browser killed",
    subject: "A killed browser",
    scenarios: [
      "browser/killed",
      "browser/main-process-killed",
      "browser/renderer-crashed",
      "leave/process-killed",
    ],
  },
  {
    id: "lost",
    does: "loses its connection",
    subject: "A lost connection",
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
    does: "drops off the network",
    subject: "A silent network drop",
    scenarios: ["silence/silent-drop"],
  },
  {
    id: "frozen",
    does: "freezes or sleeps",
    subject: "A frozen or sleeping client",
    scenarios: ["silence/frozen"],
  },
  {
    id: "polling",
    does: "stops polling",
    subject: "A client that stops polling",
    scenarios: ["leave/polling-stops"],
  },
  {
    id: "second",
    does: "closes a second tab",
    subject: "A closed second tab",
    scenarios: ["presence/two-sessions-of-one-person"],
  },
  {
    id: "restart",
    does: "sees a server restart",
    subject: "A server restart",
    scenarios: ["restart/killed-and-started-again"],
  },
];

/** Returns the everyday ending that a case plays; undefined if it plays none, or one before others know the client. */
export const endingOf = ({ scenario, axes: { phase } }: CaseRecord): EverydayEnding | undefined =>
  phase === undefined || phase === "identified" || phase === "hearing"
    ? everydayEndings.find(({ scenarios }) => scenarios.includes(scenario))
    : undefined;
