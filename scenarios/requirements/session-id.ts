import type { Subject } from "./subject.ts";

const aboutThePage =
  "It is about the page, and hangup would test its own page. Tests of the extractor cover it (browser-fixtures/session-id.test.ts).";

export const sessionId: Subject = {
  title: "Session id on the client's page",
  requirements: [
    {
      id: "SESSION-ID-FROM-TRANSPORT",
      level: "MUST",
      basis: "flow",
      text: "A page can read its session id from the transport's address, on every SockJS transport.",
      citation:
        "The flow, “Connecting”; sockjs-client 1.6, `_transport.url`; sockjs-protocol 0.3.3, “Top session URL”",
    },
    {
      id: "SESSION-ID-NULL-OUTSIDE",
      level: "MUST",
      basis: "flow",
      text: "Before a session is open and after it is closed, its id reads as null and never throws.",
      citation: "The flow, “Where it goes wrong”; sockjs-client 1.6, `close`",
      later: aboutThePage,
    },
    {
      id: "SESSION-ID-ANY-ADDRESS",
      level: "MUST",
      basis: "flow",
      text: "The page reads the session id correctly from any address: context path, port, `wss`, IPv6 host, query, ids of any length, an endpoint named `websocket`.",
      citation: "The flow, “Where it goes wrong”; sockjs-client 1.6, options `server` and `sessionId`",
      later: aboutThePage,
    },
    {
      id: "SESSION-ID-AFTER-FALLBACK",
      level: "MUST",
      basis: "flow",
      text: "After a fallback to another transport, the page reads that transport's session id.",
      citation: "The flow, “Where it goes wrong”; sockjs-client 1.6 (each attempt makes a new id)",
      later:
        "It needs a transport that fails, and a browser that falls back to another. hangup's clients have one transport each.",
    },
  ],
};
