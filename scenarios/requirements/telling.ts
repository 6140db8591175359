import type { Subject } from "./subject.ts";

export const telling: Subject = {
  title: "Who hears of it, and in which order",
  requirements: [
    {
      id: "EVERY-SUBSCRIBER-HEARS",
      level: "MUST",
      basis: "flow",
      text: "Each subscriber that was ready hears of a leave once, whatever its transport.",
      citation: "The flow, “Leaving”",
    },
    {
      id: "CONFIRMED-SUBSCRIBER-HEARS",
      level: "MUST",
      basis: "flow",
      text: "A subscriber whose subscription was confirmed just before the end hears of it.",
      citation: "The flow, “Leaving”; STOMP 1.2, “RECEIPT” (processed by the server)",
    },
    {
      id: "LEAVER-NOT-TOLD",
      level: "MUST",
      basis: "flow",
      text: "Whoever leaves is not told of its own leave.",
      citation: "The flow, “Leaving” (the others are told)",
    },
    {
      id: "ROSTER-WITHOUT-LEAVER",
      level: "SHOULD",
      basis: "flow",
      text: "Who comes later does not find whoever has left on a roster.",
      citation: "The flow, “Leaving” (it cleans up)",
    },
    {
      id: "JOIN-BEFORE-LEAVE",
      level: "MUST",
      basis: "flow",
      text: "No subscriber hears of a session's leave before its join.",
      citation:
        "The flow, “Connecting” and “Leaving”; Spring Framework, “Order of Messages” (not kept unless asked for)",
    },
    {
      id: "NOTHING-AFTER-LEAVE",
      level: "MUST",
      basis: "flow",
      text: "Nothing that a session sent is delivered after its leave was told.",
      citation: "The flow, “Leaving”",
      later: "No profile says to which destination a client can send what others then get.",
    },
  ],
};
