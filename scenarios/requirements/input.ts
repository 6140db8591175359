import type { Subject } from "./subject.ts";

export const input: Subject = {
  title: "Bad input",
  requirements: [
    {
      id: "ERROR-THEN-CLOSE",
      level: "MUST",
      basis: "spec",
      text: "The server closes the connection just after an ERROR frame.",
      citation: "STOMP 1.2, “ERROR”; Spring Framework, issue 23039",
    },
    {
      id: "MALFORMED-IDENTIFY-HARMLESS",
      level: "MUST",
      basis: "flow",
      text: "A malformed identify message identifies nobody and disturbs nobody, and a later correct one works.",
      citation: "The flow, “Connecting”; CWE-20; CWE-1321",
    },
    {
      id: "NAME-KEPT-WITHOUT-NEW-ONE",
      level: "SHOULD",
      basis: "flow",
      text: "A known client keeps its name and its leave when it later sends JSON without a name.",
      citation: "The flow, “Leaving” (everyone is told who left); CWE-20",
    },
    {
      id: "HEADERS-STAY-APART",
      level: "MUST",
      basis: "spec",
      text: "Escaped carriage returns, line feeds and colons stay in a header's value, and an undefined escape sequence is a fatal error.",
      citation: "STOMP 1.2, “Value Encoding”; CWE-93",
      later:
        "Only a header that the server passes on to others could show this, and no profile says where to find one.",
    },
    {
      id: "HOSTILE-CLIENTS-ENDED",
      level: "MUST",
      basis: "declared",
      text: "The server ends a client that sends one byte a second, or an endless header, within declared limits.",
      citation: "STOMP 1.2, “Size Limits” (permitted); CWE-400; CVE-2022-22971 (Spring)",
      later: "No profile key declares such limits, so that nothing is due.",
    },
  ],
};
