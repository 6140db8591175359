/** An everyday way of leaving, in a user's words. */
export interface EverydayEnding {
  readonly id: string;
  /** Completes "A client …". */
  readonly does: string;
  /** The subject of a sentence about it. */
  readonly subject: string;
  /** The scenarios that play it, by id. Of their phases, those count in which others know who the client is. */
  readonly scenarios: readonly string[];
}

/** Every everyday way of leaving, in the order in which reports list them. A new scenario that plays one gets its id in here. */
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
    // A client program that closes sends the close frame of a page. It is judged also where there is no browser.
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
