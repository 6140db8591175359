import type { Subject } from "./subject.ts";

export const leave: Subject = {
  title: "That an ending is noticed, whatever its cause",
  requirements: [
    {
      id: "LEAVE-ON-DISCONNECT",
      level: "MUST",
      basis: "flow",
      text: "A session that ends by DISCONNECT is announced as gone.",
      citation: "The flow, “Leaving”; STOMP 1.2, “DISCONNECT”",
    },
    {
      id: "DISCONNECT-RECEIPT",
      level: "MUST",
      basis: "spec",
      text: "A DISCONNECT that asks for a receipt is answered with RECEIPT.",
      citation: "STOMP 1.2, “RECEIPT” and “DISCONNECT”",
    },
    {
      id: "LEAVE-WITHIN-LINGER",
      level: "SHOULD",
      basis: "flow",
      text: "A session that ended by DISCONNECT is announced as gone although its client keeps the socket open.",
      citation:
        "The flow, “Leaving”; STOMP 1.2, “DISCONNECT” (nothing may follow it) and “Connection Lingering”",
    },
    {
      id: "LEAVE-ON-CLOSE",
      level: "MUST",
      basis: "flow",
      text: "A session whose client closes the transport without a DISCONNECT is announced as gone.",
      citation: "The flow, “Leaving”; RFC 6455, sections 5.5.1 and 7.1",
    },
    {
      id: "LEAVE-ON-LOST-CONNECTION",
      level: "MUST",
      basis: "flow",
      text: "A session whose connection ends without any goodbye (FIN, RST, a killed process, polls that stop) is announced as gone.",
      citation:
        "The flow, “Leaving”; RFC 6455, section 7.1.5 (1006); sockjs-protocol 0.3.3, “Protocol and framing” (5 s without a receiving connection)",
    },
    {
      id: "LEAVE-ON-SILENCE",
      level: "MUST",
      basis: "flow",
      text: "A client that negotiated heartbeats and falls silent is announced as gone.",
      citation:
        "The flow, “Leaving”; STOMP 1.2, “Heart-beating” (the receiver may consider the connection dead)",
    },
    {
      id: "LEAVE-ON-SILENT-DROP",
      level: "MUST",
      basis: "flow",
      text: "A client that offers heartbeats as usual clients do, and then drops off the network or freezes without a packet, is announced as gone within a minute, or within the profile's `deadlines.silentMs`.",
      citation:
        "The flow, “Leaving” and “Known weak points”; STOMP 1.2, “Heart-beating”; stompjs 7, `heartbeatIncoming` and `heartbeatOutgoing` (10000)",
    },
    {
      id: "LIVENESS-WITHOUT-HEARTBEATS",
      level: "SHOULD",
      basis: "declared",
      text: "A client that offered no heartbeats and falls silent is announced as gone within the declared time.",
      citation: "The profile's `deadlines.silentMs`; Spring Framework, “SockJS Fallback”, “Heartbeats”",
    },
    {
      id: "LEAVE-OF-STALLED-READER",
      level: "MUST",
      basis: "declared",
      text: "A client that takes nothing any more is announced as gone within the declared time.",
      citation:
        "The profile's `deadlines.silentMs`; Spring Framework, “Performance” (`sendTimeLimit`, `sendBufferSizeLimit`)",
    },
    {
      id: "LEAVE-ON-VIOLATION",
      level: "MUST",
      basis: "flow",
      text: "A session that the target itself ends, because of malformed or oversized input, is announced as gone, once.",
      citation:
        "The flow, “Leaving”; STOMP 1.2, “Size Limits”; RFC 6455, section 7.4.1 (1009); sockjs-protocol 0.3.3, “WebSocket protocols” (broken JSON)",
    },
    {
      id: "LEAVE-ON-PAGE-GONE",
      level: "MUST",
      basis: "flow",
      text: "A session whose page is closed, reloaded, left for another or crashes is announced as gone.",
      citation: "The flow, “Leaving”",
    },
    {
      id: "LEAVE-IN-TIME",
      level: "MUST",
      basis: "declared",
      text: "A leave comes within its deadline, which the profile declares or hangup assumes, and a silent client is not given up before it broke its promise.",
      citation:
        "The profile's `deadlines`, with their defaults; STOMP 1.2, “Heart-beating” (margin of error)",
    },
    {
      id: "KEEP-ALIVE-UNDERCUTS-PROXIES",
      level: "SHOULD",
      basis: "flow",
      text: "An idle connection carries something from the server often enough that no usual proxy cuts it (60 s).",
      citation:
        "sockjs-protocol 0.3.3, “Protocol and framing” (heartbeat frame, typically 25 s); nginx, “WebSocket proxying” (60 s)",
      later:
        "To see that nothing cuts it, a connection has to be idle for more than a minute, and every other wait of the suite is shorter than that.",
    },
  ],
};
