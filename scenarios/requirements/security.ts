import type { Subject } from "./subject.ts";

export const security: Subject = {
  title: "Security between clients",
  requirements: [
    {
      id: "SESSION-ID-NOT-ENOUGH",
      level: "MUST",
      basis: "flow",
      text: "Knowing a live session's id is not enough to take the session over, to send in its name, or to end it.",
      citation:
        "The flow, “Where it goes wrong”; sockjs-protocol 0.3.3, “Top session URL” (two clients with one id: undefined); CWE-639",
      later:
        "It needs a client that attacks another client's session address on each transport. hangup's clients have only sessions of their own.",
    },
    {
      id: "ORIGIN-REFUSED",
      level: "MUST",
      basis: "declared",
      text: "The server refuses pages of origins that it does not serve, on every transport.",
      citation: "RFC 6455, section 10.2 (SHOULD); Spring Framework, “Allowed Origins”; CWE-1385",
      later:
        "No profile says which origins the target serves. The doctor reports whether it refuses a foreign origin.",
    },
    {
      id: "NOTICE-NOT-FORGEABLE",
      level: "MUST",
      basis: "flow",
      text: "No client can forge a notice by sending to the topic.",
      citation: "The flow, “Leaving” (the server tells the others); CWE-862",
      later: "The profile's patterns recognize a notice. They do not say how to write one.",
    },
    {
      id: "SESSION-IDS-UNPREDICTABLE",
      level: "MUST",
      basis: "flow",
      text: "Session ids made by the server can't be guessed.",
      citation: "CVE-2026-41838 (Spring); CWE-330",
      later: "A sample of ids does not show how the server makes them. Over SockJS the client makes them.",
    },
    {
      id: "NOTICES-HIDE-SESSION-IDS",
      level: "SHOULD",
      basis: "flow",
      text: "Notices do not reveal the id of an open session.",
      citation: "sockjs-protocol 0.3.3, “Top session URL” (the id must be protected); CWE-200",
      later: "Some profiles declare that notices name session ids. The rule for those is not settled.",
    },
  ],
};
