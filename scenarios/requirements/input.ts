import type { Subject } from "./subject.ts";

export const input: Subject = {
  title: "What bad input may do",
  requirements: [
    {
      id: "ERROR-THEN-CLOSE",
      level: "MUST",
      basis: "spec",
      text: "Just after an ERROR frame the server closes the connection.",
      citation: "STOMP 1.2, “ERROR”; Spring Framework, issue 23039",
    },
    {
      id: "MALFORMED-IDENTIFY-HARMLESS",
      level: "MUST",
      basis: "flow",
      text: "A malformed identify identifies nobody and disturbs nobody, and a correct one after it works.",
      citation: "The flow, “Connecting”; CWE-20; CWE-1321",
    },
    {
      id: "NAME-KEPT-WITHOUT-NEW-ONE",
      level: "SHOULD",
      basis: "flow",
      text: "A client that is known keeps its name and its leave when it later sends JSON that names nobody.",
      citation: "The flow, “Leaving” (everyone is told who left); CWE-20",
    },
    {
      id: "HEADERS-STAY-APART",
      level: "MUST",
      basis: "spec",
      text: "Escaped carriage returns, line feeds and colons in a header stay in its value, and an undefined escape sequence is a fatal error.",
      citation: "STOMP 1.2, “Value Encoding”; CWE-93",
      later:
        "No profile says where a client's own header comes back to others, and there alone could one be seen that became two.",
    },
    {
      id: "HOSTILE-CLIENTS-ENDED",
      level: "MUST",
      basis: "declared",
      text: "A client that sends a byte a second, or a header without end, is ended within declared limits.",
      citation: "STOMP 1.2, “Size Limits” (permitted); CWE-400; CVE-2022-22971 (Spring)",
      later: "No profile key declares such limits, and without one nothing is due.",
    },
  ],
};
