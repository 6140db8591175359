import type { Subject } from "./subject.ts";

export const cleanUp: Subject = {
  title: "What stays of a session, and of a server",
  requirements: [
    {
      id: "MAPPING-GONE-AT-NOTICE",
      level: "MUST",
      basis: "flow",
      text: "When a leave is told, nothing is stored of that session any more.",
      citation: "The flow, “Leaving” (cleans up, then tells)",
    },
    {
      id: "REUSED-ID-NEW-IDENTITY",
      level: "MUST",
      basis: "flow",
      text: "A session id that is used again after its end is a new identity.",
      citation:
        "The flow, “Connecting”; sockjs-protocol 0.3.3, “WebSocket protocols” (an id may be used again)",
    },
    {
      id: "NO-DRIFT",
      level: "MUST",
      basis: "flow",
      text: "After many sessions have come and gone, the store is back where it was.",
      citation: "The flow, “Leaving” (cleans up)",
    },
    {
      id: "RESTART-RECONCILES",
      level: "MUST",
      basis: "declared",
      text: "After a kill and a restart, what was stored of the sessions before is cleared within the declared time.",
      citation: "The profile's `deadlines.reconcileMs`",
    },
    {
      id: "STOP-SAYS-GOING-AWAY",
      level: "SHOULD",
      basis: "flow",
      text: "A server that is asked to stop closes its clients' connections with 1001.",
      citation: "RFC 6455, section 7.4.1 (1001, permitted)",
    },
  ],
};
