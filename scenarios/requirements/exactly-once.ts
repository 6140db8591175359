import type { Subject } from "./subject.ts";

export const exactlyOnce: Subject = {
  title: "That an ending is told once, and a life not ended",
  requirements: [
    {
      id: "LEAVE-NOT-TWICE",
      level: "MUST",
      basis: "flow",
      text: "The end of one session is announced no more than once to each subscriber.",
      citation:
        "The flow, “Where it goes wrong”; Spring Framework, “Events” (SessionDisconnectEvent is published more than once in some cases)",
    },
    {
      id: "NO-FALSE-LEAVE",
      level: "MUST",
      basis: "flow",
      text: "A session that lives is not reported gone.",
      citation: "The flow, “Leaving”",
    },
    {
      id: "GONE-STAYS-GONE",
      level: "MUST",
      basis: "flow",
      text: "Whoever has left is not told to be there again, until a session of that person begins.",
      citation: "The flow, “Where it goes wrong” (ghost)",
    },
    {
      id: "OTHERS-STAY-CONNECTED",
      level: "MUST",
      basis: "flow",
      text: "The end of one session closes no other client's connection.",
      citation: "The flow, “Leaving” (the others are told)",
    },
    {
      id: "ALL-AT-ONCE-ALL-TOLD",
      level: "MUST",
      basis: "flow",
      text: "When several sessions end at the same moment, each of them is announced as gone.",
      citation: "The flow, “Leaving”",
    },
    {
      id: "SESSIONS-OF-ONE-PERSON",
      level: "MUST",
      basis: "declared",
      text: "Several sessions of one person are announced by the declared policy: each that ends, or only the last.",
      citation: "The profile's `sessions`",
    },
    {
      id: "BACK-WITHIN-GRACE",
      level: "MUST",
      basis: "declared",
      text: "Whoever comes back within the declared grace is not reported gone.",
      citation: "The profile's `graceMs`",
    },
    {
      id: "RELOAD-KEEPS-NEW-SESSION",
      level: "MUST",
      basis: "flow",
      text: "The old session's end does not erase the new session of the same person, in either order.",
      citation: "The flow, “Where it goes wrong” (reload)",
    },
  ],
};
