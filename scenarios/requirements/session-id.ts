import type { Subject } from "./subject.ts";

const aboutThePage =
  "It judges the page, not the target: there it would be hangup that is tried. The extractor's own tests hold it (browser-fixtures/session-id.test.ts).";

export const sessionId: Subject = {
  title: "The client's only way to its session id",
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
      text: "Before a session is open and after it is closed its id reads as null, never as an exception.",
      citation: "The flow, “Where it goes wrong”; sockjs-client 1.6, `close`",
      later: aboutThePage,
    },
    {
      id: "SESSION-ID-ANY-ADDRESS",
      level: "MUST",
      basis: "flow",
      text: "The session id is read right from any address: context path, port, `wss`, IPv6 host, query, ids of any length, an endpoint named `websocket`.",
      citation: "The flow, “Where it goes wrong”; sockjs-client 1.6, options `server` and `sessionId`",
      later: aboutThePage,
    },
    {
      id: "SESSION-ID-AFTER-FALLBACK",
      level: "MUST",
      basis: "flow",
      text: "After a fallback to another transport the session id is that transport's.",
      citation: "The flow, “Where it goes wrong”; sockjs-client 1.6 (each attempt makes a new id)",
      later:
        "It takes a transport that fails while a page watches, and a browser that then falls back; actors have one transport each.",
    },
  ],
};
