import type { Subject } from "./subject.ts";

export const telling: Subject = {
  title: "Recipients and order of notices",
  requirements: [
    {
      id: "EVERY-SUBSCRIBER-HEARS",
      level: "MUST",
      basis: "flow",
      text: "Each subscriber that was ready receives a leave once, on any transport.",
      citation: "The flow, “Leaving”",
    },
    {
      id: "LEAVE-NAMES-THE-LEAVER",
      level: "MUST",
      basis: "flow",
      text: "A leave notice that contains a name has the name of the client that left, also where several clients share one HTTP session.",
      citation: "The flow, “Leaving” (looks up who that was) and “Where it goes wrong” (one HTTP session)",
    },
    {
      id: "LEAVE-NAMES-SOMEBODY",
      level: "SHOULD",
      basis: "flow",
      text: "Leave notices name the client if join notices do.",
      citation: "The flow, “Leaving” (tells the others who left)",
    },
    {
      id: "LEAVE-UNPROMPTED",
      level: "MUST",
      basis: "flow",
      text: "A leave is announced by itself, not only together with the next message of some client.",
      citation: "The flow, “Leaving”",
    },
    {
      id: "CONFIRMED-SUBSCRIBER-HEARS",
      level: "MUST",
      basis: "flow",
      text: "A subscriber whose subscription was confirmed just before the end receives the leave.",
      citation: "The flow, “Leaving”; STOMP 1.2, “RECEIPT” (processed by the server)",
    },
    {
      id: "LEAVER-NOT-TOLD",
      level: "MUST",
      basis: "flow",
      text: "A leaver does not receive its own leave.",
      citation: "The flow, “Leaving” (the others are told)",
    },
    {
      id: "ROSTER-WITHOUT-LEAVER",
      level: "SHOULD",
      basis: "flow",
      text: "A roster that a later client reads does not list clients that have left.",
      citation: "The flow, “Leaving” (it cleans up)",
    },
    {
      id: "JOIN-BEFORE-LEAVE",
      level: "MUST",
      basis: "flow",
      text: "No subscriber receives a session's leave before its join.",
      citation:
        "The flow, “Connecting” and “Leaving”; Spring Framework, “Order of Messages” (not kept unless asked for)",
    },
    {
      id: "NOTHING-AFTER-LEAVE",
      level: "MUST",
      basis: "flow",
      text: "No message of a session is delivered after its leave was announced.",
      citation: "The flow, “Leaving”",
      later: "No profile names a destination on which clients' messages reach others.",
    },
  ],
};
