import type { Subject } from "./subject.ts";

export const heartbeats: Subject = {
  title: "What STOMP says of heartbeats",
  requirements: [
    {
      id: "HEARTBEATS-AS-NEGOTIATED",
      level: "MUST",
      basis: "spec",
      text: "Heartbeats go each way at the longer of what one side offers and the other wants; where either is zero, or its header missing, none go and none are expected.",
      citation: "STOMP 1.2, “Heart-beating”",
    },
    {
      id: "ANY-BYTE-IS-LIFE",
      level: "MUST",
      basis: "spec",
      text: "Whatever comes from a client shows that it lives, not its heartbeats alone.",
      citation: "STOMP 1.2, “Heart-beating” (any new data)",
    },
    {
      id: "HEARTBEAT-MARGIN",
      level: "SHOULD",
      basis: "spec",
      text: "A heartbeat that comes a little late ends no session.",
      citation: "STOMP 1.2, “Heart-beating” (margin of error)",
    },
  ],
};
