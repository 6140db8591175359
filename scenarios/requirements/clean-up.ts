import type { Subject } from "./subject.ts";

export const cleanUp: Subject = {
  title: "Cleanup after a session, and after a restart",
  requirements: [
    {
      id: "MAPPING-GONE-AT-NOTICE",
      level: "MUST",
      basis: "flow",
      text: "The server removes everything it stored for a session before it announces the leave.",
      citation: "The flow, “Leaving” (cleans up, then tells)",
    },
    {
      id: "REUSED-ID-NEW-IDENTITY",
      level: "MUST",
      basis: "flow",
      text: "A session id that is reused after its end is a new identity.",
      citation:
        "The flow, “Connecting”; sockjs-protocol 0.3.3, “WebSocket protocols” (an id may be used again)",
    },
    {
      id: "NO-DRIFT",
      level: "MUST",
      basis: "flow",
      text: "After many sessions have come and gone, the store holds as much as before.",
      citation: "The flow, “Leaving” (cleans up)",
    },
    {
      id: "RESTART-RECONCILES",
      level: "MUST",
      basis: "declared",
      text: "After a kill and a restart, the server removes what it stored for earlier sessions within the declared time.",
      citation: "The profile's `deadlines.reconcileMs`",
    },
    {
      id: "RESTART-TELLS-ONCE",
      level: "MUST",
      basis: "flow",
      text: "After a stop and a start, the server announces each returning client once and its leave once; it may announce an earlier session once, unless only a person's last session counts.",
      citation: "The flow, “Leaving” (every end, once), “A stop and a start”",
    },
    {
      id: "RESTART-LEAVES-NO-GHOST",
      level: "MUST",
      basis: "flow",
      text: "After a stop and a start, the server neither stores nor lists a client that did not come back, and lists each one that did.",
      citation: "The flow, “Leaving” (cleans up), “A stop and a start”",
    },
    {
      id: "STOP-SAYS-GOING-AWAY",
      level: "SHOULD",
      basis: "flow",
      text: "A server that is asked to stop closes its clients' connections with code 1001.",
      citation: "RFC 6455, section 7.4.1 (1001, permitted)",
    },
  ],
};
