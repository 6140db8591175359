import type { Subject } from "./subject.ts";

export const heartbeats: Subject = {
  title: "STOMP heartbeats",
  requirements: [
    {
      id: "HEARTBEATS-AS-NEGOTIATED",
      level: "MUST",
      basis: "spec",
      text: "In each direction, the heartbeat period is the longer of one side's offer and the other side's wish; if either is zero or its header is missing, no heartbeats are sent or expected.",
      citation: "STOMP 1.2, “Heart-beating”",
    },
    {
      id: "ANY-BYTE-IS-LIFE",
      level: "MUST",
      basis: "spec",
      text: "Any bytes from a client show that it lives, not only heartbeats.",
      citation: "STOMP 1.2, “Heart-beating” (any new data)",
    },
    {
      id: "HEARTBEAT-MARGIN",
      level: "SHOULD",
      basis: "spec",
      text: "A slightly late heartbeat does not end a session.",
      citation: "STOMP 1.2, “Heart-beating” (margin of error)",
    },
  ],
};
