import type { Subject } from "./subject.ts";

export const connect: Subject = {
  title: "Beginning of a session",
  requirements: [
    {
      id: "CONNECT-HIGHEST-VERSION",
      level: "MUST",
      basis: "spec",
      text: "The server answers CONNECT, or STOMP in its place, with CONNECTED at the highest STOMP version that both sides support.",
      citation:
        "STOMP 1.2, “Protocol Negotiation” and “CONNECT or STOMP Frame”; Spring Framework, issue 22652",
    },
    {
      id: "REFUSED-STAYS-OUT",
      level: "MUST",
      basis: "declared",
      text: "A client with credentials that must be refused gets no CONNECTED, its connection ends, and no notice or roster names it.",
      citation: "The profile's `refused`; STOMP 1.2, “Connecting” and “ERROR”",
    },
    {
      id: "CONNECT-NO-COMMON-VERSION",
      level: "MUST",
      basis: "spec",
      text: "The server answers a CONNECT without a common version with ERROR, then closes the connection.",
      citation: "STOMP 1.2, “Protocol Negotiation”",
    },
    {
      id: "NOTHING-BEFORE-CONNECT",
      level: "MUST",
      basis: "flow",
      text: "SEND and SUBSCRIBE before CONNECT have no effect: they identify nobody, and nothing is delivered.",
      citation:
        "The flow, “Connecting”; STOMP 1.2, “Connecting” (a client begins with CONNECT); CVE-2025-41254 (Spring); CVE-2023-32081 (Vert.x)",
    },
    {
      id: "SECOND-CONNECT-NO-IDENTITY",
      level: "MUST",
      basis: "flow",
      text: "A second CONNECT in one session creates no second identity and no second leave.",
      citation:
        "The flow, “Connecting”; Spring Framework 6.2.12, StompSubProtocolHandler (“Session already exists”)",
    },
    {
      id: "NEVER-CONNECT-CLOSED",
      level: "SHOULD",
      basis: "declared",
      text: "The server closes a connection without a CONNECT within the declared time.",
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
      text: "The server accepts any server id and session id that is not empty and holds no dot, and ignores the server id.",
      citation: "sockjs-protocol 0.3.3, “Top session URL”",
    },
  ],
};
