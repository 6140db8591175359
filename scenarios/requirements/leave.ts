import type { Subject } from "./subject.ts";

export const leave: Subject = {
  title: "Every kind of ending is noticed",
  requirements: [
    {
      id: "LEAVE-ON-DISCONNECT",
      level: "MUST",
      basis: "flow",
      text: "A session that ends by DISCONNECT is reported gone.",
      citation: "The flow, “Leaving”; STOMP 1.2, “DISCONNECT”",
    },
    {
      id: "DISCONNECT-RECEIPT",
      level: "MUST",
      basis: "spec",
      text: "The server answers a DISCONNECT with a receipt header with RECEIPT.",
      citation: "STOMP 1.2, “RECEIPT” and “DISCONNECT”",
    },
    {
      id: "LEAVE-WITHIN-LINGER",
      level: "SHOULD",
      basis: "flow",
      text: "A session that ended by DISCONNECT is reported gone even if its client keeps the socket open.",
      citation:
        "The flow, “Leaving”; STOMP 1.2, “DISCONNECT” (nothing may follow it) and “Connection Lingering”",
    },
    {
      id: "LEAVE-ON-CLOSE",
      level: "MUST",
      basis: "flow",
      text: "A session whose client closes the transport without a DISCONNECT is reported gone.",
      citation: "The flow, “Leaving”; RFC 6455, sections 5.5.1 and 7.1",
    },
    {
      id: "LEAVE-ON-LOST-CONNECTION",
      level: "MUST",
      basis: "flow",
      text: "A session whose connection ends without any goodbye (FIN, RST, a killed process, polls that stop) is reported gone.",
      citation:
        "The flow, “Leaving”; RFC 6455, section 7.1.5 (1006); sockjs-protocol 0.3.3, “Protocol and framing” (5 s without a receiving connection)",
    },
    {
      id: "LEAVE-ON-SILENCE",
      level: "MUST",
      basis: "flow",
      text: "A client that negotiated heartbeats and falls silent is reported gone.",
      citation:
        "The flow, “Leaving”; STOMP 1.2, “Heart-beating” (the receiver may consider the connection dead)",
    },
    {
      id: "LEAVE-ON-SILENT-DROP",
      level: "MUST",
      basis: "flow",
      text: "A client that offers heartbeats like usual clients, then drops off the network or freezes without a packet, is reported gone within a minute, or within the profile's `deadlines.silentMs`.",
      citation:
        "The flow, “Leaving” and “Known weak points”; STOMP 1.2, “Heart-beating”; stompjs 7, `heartbeatIncoming` and `heartbeatOutgoing` (10000)",
    },
    {
      id: "LIVENESS-WITHOUT-HEARTBEATS",
      level: "SHOULD",
      basis: "declared",
      text: "A client that offered no heartbeats and falls silent is reported gone within the declared time.",
      citation: "The profile's `deadlines.silentMs`; Spring Framework, “SockJS Fallback”, “Heartbeats”",
    },
    {
      id: "LEAVE-OF-STALLED-READER",
      level: "MUST",
      basis: "declared",
      text: "A client that stops reading is reported gone within the declared time.",
      citation:
        "The profile's `deadlines.silentMs`; Spring Framework, “Performance” (`sendTimeLimit`, `sendBufferSizeLimit`)",
    },
    {
      id: "LEAVE-ON-VIOLATION",
      level: "MUST",
      basis: "flow",
      text: "A session that the target itself ends, because of malformed or oversized input, is reported gone once.",
      citation:
        "The flow, “Leaving”; STOMP 1.2, “Size Limits”; RFC 6455, section 7.4.1 (1009); sockjs-protocol 0.3.3, “WebSocket protocols” (broken JSON)",
    },
    {
      id: "LEAVE-ON-PAGE-GONE",
      level: "MUST",
      basis: "flow",
      text: "A session whose page is closed, reloaded, navigated away or crashes is reported gone.",
      citation: "The flow, “Leaving”",
    },
    {
      id: "LEAVE-IN-TIME",
      level: "MUST",
      basis: "declared",
      text: "A leave arrives within its deadline, which the profile declares or hangup assumes, and a silent client is not reported gone before it has missed a promised heartbeat.",
      citation:
        "The profile's `deadlines`, with their defaults; STOMP 1.2, “Heart-beating” (margin of error)",
    },
    {
      id: "KEEP-ALIVE-UNDERCUTS-PROXIES",
      level: "SHOULD",
      basis: "flow",
      text: "The server sends something on an idle connection often enough that no usual proxy cuts it (60 s, or the profile's `proxyIdleMs`).",
      citation:
        "sockjs-protocol 0.3.3, “Protocol and framing” (heartbeat frame, typically 25 s); nginx, “WebSocket proxying” (`proxy_read_timeout`, 60 s); AWS, Application Load Balancers (`idle_timeout.timeout_seconds`, 60 s)",
    },
    {
      id: "LEAVE-ON-LOG-OUT",
      level: "MUST",
      basis: "declared",
      text: "A session that a log-out over HTTP ends is reported gone.",
      citation: "The profile's `logout`",
    },
    {
      id: "LEAVE-ON-EXPIRY",
      level: "MUST",
      basis: "declared",
      text: "A session whose credentials have expired is reported gone.",
      citation: "The profile's `expires`",
    },
  ],
};
