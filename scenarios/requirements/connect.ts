import type { Subject } from "./subject.ts";

export const connect: Subject = {
  title: "How a session begins",
  requirements: [
    {
      id: "CONNECT-HIGHEST-VERSION",
      level: "MUST",
      basis: "spec",
      text: "CONNECT, or STOMP in its place, is answered with CONNECTED at the highest STOMP version that both sides speak.",
      citation:
        "STOMP 1.2, “Protocol Negotiation” and “CONNECT or STOMP Frame”; Spring Framework, issue 22652",
    },
    {
      id: "CONNECT-NO-COMMON-VERSION",
      level: "MUST",
      basis: "spec",
      text: "A CONNECT with which the server shares no version is answered with ERROR, and the connection is then closed.",
      citation: "STOMP 1.2, “Protocol Negotiation”",
    },
    {
      id: "NOTHING-BEFORE-CONNECT",
      level: "MUST",
      basis: "flow",
      text: "SEND and SUBSCRIBE before CONNECT have no effect: nobody is identified, and nothing is delivered.",
      citation:
        "The flow, “Connecting”; STOMP 1.2, “Connecting” (a client begins with CONNECT); CVE-2025-41254 (Spring); CVE-2023-32081 (Vert.x)",
    },
    {
      id: "SECOND-CONNECT-NO-IDENTITY",
      level: "MUST",
      basis: "flow",
      text: "A second CONNECT in one session makes no second identity and no second leave.",
      citation:
        "The flow, “Connecting”; Spring Framework 6.2.12, StompSubProtocolHandler (“Session already exists”)",
    },
    {
      id: "NEVER-CONNECT-CLOSED",
      level: "SHOULD",
      basis: "declared",
      text: "A connection on which no CONNECT comes is closed within the declared time.",
      citation:
        "The profile's `deadlines.connectMs`; Spring Framework, SubProtocolWebSocketHandler, `timeToFirstMessage` (60 s)",
    },
    {
      id: "SOCKJS-OPENS-FIRST",
      level: "MUST",
      basis: "spec",
      text: "The first frame of a SockJS session is the open frame.",
      citation: "sockjs-protocol 0.3.3, “Protocol and framing”",
    },
    {
      id: "SOCKJS-ANY-IDS",
      level: "MUST",
      basis: "spec",
      text: "Any server and session ids that are not empty and hold no dot are accepted, and the server id is ignored.",
      citation: "sockjs-protocol 0.3.3, “Top session URL”",
    },
  ],
};
