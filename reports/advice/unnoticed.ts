import { links, type AdviceEntry, type SpringChange } from "./advice.ts";
import { presenceSideEffects } from "./presence.ts";

const disconnectGeneral =
  "DISCONNECT says that the client leaves. Announce the leave when the frame arrives, and let the end of the connection find nothing left to announce. Over HTTP, that end may come much later or stay unnoticed.";

const disconnectFrames: SpringChange = {
  words:
    "Spring answers DISCONNECT, but publishes SessionDisconnectEvent only when the connection closes; over xhr-streaming that was 50 s later. This interceptor publishes the event as soon as the broker has handled the DISCONNECT frame, so that your listener announces the leave then.",
  code: "DisconnectFrames",
  link: links.interception,
  sideEffects: [
    "Each session then has two or more SessionDisconnectEvents. A listener that is not idempotent announces the leave as often; see the class Presence.",
  ],
};

/** Advice for ends that the server notices late or never. */
export const unnoticed: readonly AdviceEntry[] = [
  {
    id: "heartbeats",
    ofSimpleBroker: true,
    requirements: ["LEAVE-ON-SILENT-DROP", "LEAVE-ON-SILENCE"],
    fits: ({ heartbeats }) => heartbeats === "off",
    general:
      "CONNECTED asks clients for no heartbeats, so that the silence of a client means nothing to the server. Answer CONNECT with heartbeats, and end the session of a client that misses some. With heart-beat:10000,10000 a client that misses two is gone after 20 to 30 s; take a shorter period where a leave must come sooner.",
    spring: {
      words:
        "Switch on STOMP heartbeats: in your WebSocketMessageBrokerConfigurer call setHeartbeatValue and setTaskScheduler after enableSimpleBroker, as the class HeartbeatsConfig does. Without a TaskScheduler the simple broker answers CONNECT with heart-beat:0,0, and does not notice a client that drops off the network or freezes. With 10 s both ways the leave comes 30 to 40 s after the client's last byte.",
      code: "HeartbeatsConfig",
      link: links.simpleBroker,
      sideEffects: [
        "STOMP heartbeats switch SockJS's own off for every session. A client over XHR or EventSource that offers heart-beat:0,0 and vanishes is then noticed only when a message to it cannot be written, and in a quiet room never; before, it took 30 to 50 s. Have clients offer heartbeats, as stompjs does by default.",
        "Over XHR and EventSource a client that sends DISCONNECT and goes is then never announced, where it was after 10 to 50 s: after DISCONNECT neither side sends heartbeats. With stompjs that is every deactivate() over xhr-streaming. The class DisconnectFrames announces it: take both.",
        "Spring sends a heartbeat up to two periods after its last message, so that HEARTBEATS-AS-NEGOTIATED fails where the profile declares heartbeatMs. stompjs waits for two periods before it closes the connection.",
        "A client that cannot send for 30 s is announced as gone. Chrome runs the timers of a hidden tab once a minute; stompjs keeps its heartbeats with heartbeatStrategy: TickerStrategy.Worker.",
      ],
    },
  },
  {
    id: "shorter-heartbeats",
    ofSimpleBroker: true,
    requirements: ["LEAVE-ON-SILENT-DROP", "LEAVE-ON-SILENCE", "LEAVE-IN-TIME"],
    fits: ({ heartbeats, clientsBeat, periodTooLong, isLate }) =>
      heartbeats === "on" && clientsBeat && periodTooLong && isLate,
    spring: {
      words:
        "Spring gives a silent client up after 3 to 5 of the agreed heartbeat periods, and here that is longer than allowed. The longer one of both sides' periods counts: shorten setHeartbeatValue on the server and the client's own, which is heartbeatOutgoing in stompjs. Or allow more in the profile's deadlines.",
      link: links.simpleBroker,
      sideEffects: ["A shorter period costs more messages, and gives up a client sooner that is only slow."],
    },
  },
  {
    id: "heartbeats-required",
    ofSimpleBroker: true,
    requirements: ["LIVENESS-WITHOUT-HEARTBEATS"],
    fits: ({ heartbeats }) => heartbeats === "on",
    general:
      "This client had offered no STOMP heartbeats, so that it may be silent for any time. Have clients offer heartbeats, or refuse a CONNECT without them.",
    spring: {
      words:
        "Once the broker has STOMP heartbeats, Spring stops SockJS's own for every session, also for a client that offered 0,0. Nothing is left that could notice its silence. Have clients offer heartbeats, as stompjs does by default, or refuse a CONNECT without them.",
      code: "HeartbeatsRequired",
      link: links.interception,
      sideEffects: [
        "A client that offers 0,0, 0,10000 or no heart-beat header gets ERROR, and its connection is closed.",
      ],
    },
  },
  {
    id: "written-to",
    ofSimpleBroker: true,
    requirements: [
      ...["LEAVE-ON-LOST-CONNECTION", "LEAVE-ON-PAGE-GONE", "LEAVE-ON-VIOLATION"],
      ...["IDENTIFY-LEAVES-NO-GHOST"],
    ],
    fits: ({ heartbeats, onlyHttp, clientsBeat }) => heartbeats === "on" && onlyHttp && !clientsBeat,
    spring: {
      words:
        "Over HTTP, Spring notices a client that is gone when a write to it fails. With STOMP heartbeats on, SockJS's own are off, and a client that offered 0,0 is never written to. Have clients offer heartbeats, as stompjs does by default, or refuse a CONNECT without them.",
      code: "HeartbeatsRequired",
      link: links.sockJsHeartbeats,
      sideEffects: [
        "A client that offers 0,0, 0,10000 or no heart-beat header gets ERROR, and its connection is closed.",
      ],
    },
  },
  {
    id: "disconnect-lingers",
    requirements: ["LEAVE-WITHIN-LINGER"],
    general: disconnectGeneral,
    spring: disconnectFrames,
  },
  {
    id: "disconnect-over-http",
    requirements: ["LEAVE-ON-DISCONNECT"],
    fits: ({ onlyHttp }) => onlyHttp,
    general: disconnectGeneral,
    spring: disconnectFrames,
  },
  {
    id: "disconnect-late",
    requirements: ["LEAVE-IN-TIME"],
    fits: ({ onlyHttp, isLate, byDisconnect }) => onlyHttp && isLate && byDisconnect,
    general: disconnectGeneral,
    spring: disconnectFrames,
  },
  {
    id: "sockjs-times",
    ofSimpleBroker: true,
    requirements: [
      ...["LEAVE-ON-LOST-CONNECTION", "LEAVE-ON-PAGE-GONE", "LEAVE-ON-VIOLATION"],
      ...["LEAVE-IN-TIME"],
    ],
    fits: ({ onlyHttp, isLate, heartbeats, byHalfClose, stack }) =>
      onlyHttp && isLate && (heartbeats === "off" || stack === "other") && !byHalfClose,
    general:
      "Over HTTP, a client that is gone shows only when the server cannot write to it, or when it does not ask again. Write to each client often, such as a SockJS heartbeat each 5 s. End a session that has had no receiving request for 5 s.",
    spring: {
      words:
        "Over HTTP, Spring notices a client that is gone when a write to it fails, and in a quiet room only SockJS's heartbeats are written: each 25 s. Shorten that time, and the delay after which a client that does not poll is gone. With 5 s and 2 s, the leaves that took up to 50 s came within 10 s.",
      code: "SockJsTimesConfig",
      link: links.sockJsHeartbeats,
      sideEffects: [
        "Each idle client receives a SockJS heartbeat every 5 s in place of 25 s, over a WebSocket, too.",
        "A client that polls and needs more than 2 s from one poll to the next loses its session.",
        "A client that closes only its own direction of a response, and still takes what is written, is not noticed by this.",
        "The heartbeat time counts only while STOMP heartbeats are off: where CONNECTED asks for them, Spring stops SockJS's own.",
      ],
    },
  },
  {
    id: "end-of-connection",
    requirements: [
      ...["LEAVE-ON-CLOSE", "LEAVE-ON-LOST-CONNECTION", "LEAVE-ON-PAGE-GONE"],
      ...["LEAVE-ON-DISCONNECT", "LEAVE-ON-VIOLATION"],
    ],
    fits: ({ onWebSocket }) => onWebSocket,
    general:
      "The end of the connection is the sign that all endings share, with and without a goodbye. Announce the leave where the server learns that a connection has closed, not only where a DISCONNECT frame arrives.",
    spring: {
      words:
        "Spring publishes SessionDisconnectEvent whenever a WebSocket connection ends: after DISCONNECT, a close, a reset. Announce the leave in a listener of that event, by session id, and not only where a DISCONNECT frame or a message of the page arrives.",
      code: "Presence",
      link: links.events,
      sideEffects: presenceSideEffects,
    },
  },
  {
    id: "stalled-reader",
    requirements: ["LEAVE-OF-STALLED-READER"],
    spring: {
      words:
        "Spring notices a stalled reader only while it sends to that reader. It ends the session after setSendTimeLimit (10 s unless set), or when setSendBufferSizeLimit (512 KiB unless set) is reached; set both in configureWebSocketTransport. The SessionDisconnectEvent then comes more than once.",
      link: links.transport,
    },
  },
  {
    id: "late",
    requirements: ["LEAVE-IN-TIME"],
    fits: ({ isLate }) => isLate,
    general:
      "Look for what waits between the end of a session and its notice: a sleep, a grace period for clients that come back, a scheduled task, a queue. Announce the leave when the end is noticed, or allow the time in the profile's `deadlines`.",
    spring: {
      words:
        "Look for what waits between SessionDisconnectEvent and the notice: a sleep, a grace period for clients that come back, a @Scheduled task, a busy executor. Announce the leave in the listener itself, or allow the time in the profile's `deadlines`.",
      link: links.events,
    },
  },
];
