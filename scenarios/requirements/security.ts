import type { Subject } from "./subject.ts";

export const security: Subject = {
  title: "What one client may not do to another",
  requirements: [
    {
      id: "SESSION-ID-NOT-ENOUGH",
      level: "MUST",
      basis: "flow",
      text: "Whoever knows a live session's id can neither take that session over, nor send in its name, nor end it.",
      citation:
        "The flow, “Where it goes wrong”; sockjs-protocol 0.3.3, “Top session URL” (two clients with one id: undefined); CWE-639",
      later:
        "It takes an actor that comes to the address of another's session, on each transport in its own way; actors have only sessions of their own.",
    },
    {
      id: "ORIGIN-REFUSED",
      level: "MUST",
      basis: "declared",
      text: "A page of an origin that the target does not mean to serve is refused, on every transport.",
      citation: "RFC 6455, section 10.2 (SHOULD); Spring Framework, “Allowed Origins”; CWE-1385",
      later:
        "No profile says which origins the target means to serve. The doctor tells whether a foreign one is refused.",
    },
    {
      id: "NOTICE-NOT-FORGEABLE",
      level: "MUST",
      basis: "flow",
      text: "No client can make a notice by sending to the topic itself.",
      citation: "The flow, “Leaving” (the server tells the others); CWE-862",
      later:
        "The profile's patterns recognize a notice; a client that forges one has to write it, for which they do not suffice.",
    },
    {
      id: "SESSION-IDS-UNPREDICTABLE",
      level: "MUST",
      basis: "flow",
      text: "Session ids that the server makes can't be guessed.",
      citation: "CVE-2026-41838 (Spring); CWE-330",
      later:
        "No sample of ids that is drawn from outside shows how they are made, and over SockJS the client makes them.",
    },
    {
      id: "NOTICES-HIDE-SESSION-IDS",
      level: "SHOULD",
      basis: "flow",
      text: "Notices do not tell others the id of a session that is open.",
      citation: "sockjs-protocol 0.3.3, “Top session URL” (the id must be protected); CWE-200",
      later:
        "Some profiles declare that a notice names the session's id. What holds for those has to be settled first.",
    },
  ],
};
