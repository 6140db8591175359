import { links, type AdviceEntry } from "./advice.ts";

/** Advice about the beginning of a session, its rights, and the end of the server. */
export const limits: readonly AdviceEntry[] = [
  {
    id: "never-connects",
    requirements: ["NEVER-CONNECT-CLOSED"],
    general:
      "Close a connection on which no CONNECT has arrived within the time that the profile declares (`deadlines.connectMs`), or declare the server's own.",
    spring: {
      words:
        "setTimeToFirstMessage in configureWebSocketTransport says how long a connection may say nothing: 60 s unless set. Spring checks it now and then, so that the end may come later.",
      link: links.transport,
    },
  },
  {
    id: "no-common-version",
    requirements: ["CONNECT-NO-COMMON-VERSION"],
    general:
      "If accept-version holds no version that the server speaks, answer with ERROR, and close the connection.",
    spring: {
      words:
        "Spring gave such a CONNECT no answer at all. A ChannelInterceptor on the inbound channel sees its accept-version header and can throw, which sends ERROR and ends the session.",
      link: links.interception,
    },
  },
  {
    id: "restart",
    requirements: ["RESTART-RECONCILES"],
    general:
      "A server that is killed announces nothing. When it starts again, remove what it had stored for earlier sessions, and announce that where the profile declares it.",
    spring: {
      words:
        "No SessionDisconnectEvent comes for sessions of a server that was killed. When it starts again, remove what it had stored, and announce that where the profile declares it.",
      link: links.events,
    },
  },
  {
    id: "going-away",
    requirements: ["STOP-SAYS-GOING-AWAY"],
    general: "Before the server stops, close each WebSocket with code 1001.",
    spring: {
      words:
        "Asked to stop, Spring lets Tomcat cut the connections before it closes them with 1001, so that clients see 1006. This class closes them at ContextClosedEvent, which comes first.",
      code: "GoingAway",
      link: links.contextEvents,
      sideEffects: [
        "Listeners of ContextClosedEvent that still want to tell clients something must come earlier: give them an @Order.",
      ],
    },
  },
  {
    id: "origins",
    requirements: ["ORIGIN-REFUSED"],
    general:
      "Compare the Origin header of the handshake and of every SockJS request with a list of your own pages.",
    spring: {
      words:
        'Spring serves pages of its own origin only, unless the endpoint names others. Name your pages one by one: with "*", any page that a user visits can connect in that user\'s name.',
      code: "AllowedOriginsConfig",
      link: links.origins,
      sideEffects: [
        "Pages of other origins get 403. SockJS's iframe transports are off as soon as origins are named.",
      ],
    },
  },
  {
    id: "topic-guard",
    requirements: ["NOTICE-NOT-FORGEABLE"],
    general: "Refuse messages of clients to the destinations on which the server announces joins and leaves.",
    spring: {
      words:
        "What a client sends to a topic, the simple broker gives to all subscribers: anybody can forge a leave. This interceptor takes messages of clients for the application's own handlers only.",
      code: "TopicGuard",
      link: links.interception,
      sideEffects: [
        "A client that sends to a topic, a queue or a user directly gets ERROR, and its connection is closed. That includes a `ready.probe` of the profile that sends to the topic: remove it.",
        "With the class MessageOrder such a message is dropped, and the client learns nothing of it.",
      ],
    },
  },
];
