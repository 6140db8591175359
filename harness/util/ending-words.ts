/** Words for everyday ways of leaving, for reports and for the doctor. `does` completes "A client …", `subject` begins a sentence. */
export const endingWords = {
  disconnect: { does: "presses Disconnect", subject: "A clean disconnect" },
  tab: { does: "closes the tab", subject: "A closed tab" },
  reload: { does: "reloads the page", subject: "A reloaded page" },
  killed: { does: "has its browser killed", subject: "A killed browser" },
  lost: { does: "loses its connection", subject: "A lost connection" },
  drop: { does: "drops off the network", subject: "A silent network drop" },
  frozen: { does: "freezes or sleeps", subject: "A frozen or sleeping client" },
  polling: { does: "stops polling", subject: "A client that stops polling" },
  second: { does: "closes one of two tabs", subject: "One closed tab of two" },
  joining: { does: "leaves while it joins", subject: "A client that leaves while it joins" },
  restart: { does: "sees a server restart", subject: "A server restart" },
} as const;

export type EndingId = keyof typeof endingWords;

/** Heading of the answers to the question whether the others received a leave. */
export const othersTold = "others told?";
