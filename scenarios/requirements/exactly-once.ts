import type { Subject } from "./subject.ts";

export const exactlyOnce: Subject = {
  title: "Each leave is announced once, and living sessions stay",
  requirements: [
    {
      id: "LEAVE-NOT-TWICE",
      level: "MUST",
      basis: "flow",
      text: "The end of one session is announced at most once to each subscriber.",
      citation:
        "The flow, “Where it goes wrong”; Spring Framework, “Events” (SessionDisconnectEvent is published more than once in some cases)",
    },
    {
      id: "NO-FALSE-LEAVE",
      level: "MUST",
      basis: "flow",
      text: "A living session is not reported gone.",
      citation: "The flow, “Leaving”",
    },
    {
      id: "GONE-STAYS-GONE",
      level: "MUST",
      basis: "flow",
      text: "A person who has left is not announced as present again until a new session of that person begins.",
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
      id: "SURVIVES-ITS-CLIENTS",
      level: "MUST",
      basis: "flow",
      text: "The server process goes on running, whatever its clients send and however they leave.",
      citation: "The flow, “Where it goes wrong” (a client ends the server); CWE-248; CWE-400",
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
      text: "Leaves of a person with several sessions follow the declared policy: one for each session, or only for the last.",
      citation: "The profile's `sessions`",
    },
    {
      id: "BACK-WITHIN-GRACE",
      level: "MUST",
      basis: "declared",
      text: "A person who comes back within the declared grace period is not reported gone.",
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
