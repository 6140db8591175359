import type { Subject } from "./subject.ts";

export const identify: Subject = {
  title: "Identification",
  requirements: [
    {
      id: "IDENTIFY-ANY-ORDER",
      level: "MUST",
      basis: "flow",
      text: "An identify message has the same effect before SUBSCRIBE and after it.",
      citation: "The flow, “Connecting”",
    },
    {
      id: "IDENTIFY-LAST-WINS",
      level: "MUST",
      basis: "flow",
      text: "A session that identifies again is known by its last data, and gets one leave.",
      citation: "The flow, “Connecting” (the server stores which session is whose)",
    },
    {
      id: "IDENTIFY-ANY-TEXT",
      level: "MUST",
      basis: "flow",
      text: "A client is announced under exactly the name that it gave, in any script and with any characters.",
      citation: "The flow, “Leaving” (the notice says who left); RFC 8259, section 8; STOMP 1.2, “Body”",
    },
    {
      id: "IDENTIFY-BINDS-TO-OWN-SESSION",
      level: "MUST",
      basis: "flow",
      text: "An identify message identifies the session that it arrives on, whatever session id its body names.",
      citation: "The flow, “Where it goes wrong”; CWE-639",
    },
    {
      id: "IDENTIFY-LEAVES-NO-GHOST",
      level: "MUST",
      basis: "flow",
      text: "An identify message directly before the end leaves nobody behind: after a join notice, one leave notice follows.",
      citation:
        "The flow, “Where it goes wrong” (an identify still in a queue); Spring Framework, “Order of Messages”",
    },
    {
      id: "RECONNECT-IDENTIFIES-ANEW",
      level: "MUST",
      basis: "flow",
      text: "Every reconnect is a new session, which is nobody until it identifies.",
      citation: "The flow, “Connecting”",
    },
    {
      id: "UNIDENTIFIED-ENDS-UNNAMED",
      level: "MUST",
      basis: "flow",
      text: "The end of a session that never identified produces no notice that names a client.",
      citation: "The flow, “Leaving” (looking it up finds nobody)",
    },
    {
      id: "UNIDENTIFIED-ENDS-TOLD",
      level: "MUST",
      basis: "declared",
      text: "If the profile declares it, the end of a session that never identified is announced, too.",
      citation: "The profile's `unidentified`",
    },
    {
      id: "CONNECT-EVENT-CARRIES-HEADERS",
      level: "MAY",
      basis: "flow",
      text: "The server's connect event carries the headers that the client put into its CONNECT.",
      citation: "Spring Framework, “Events” (SessionConnectEvent)",
    },
    {
      id: "INTERCEPTOR-SEES-FRAMES",
      level: "MAY",
      basis: "flow",
      text: "An interceptor on the server sees every inbound frame with its headers.",
      citation: "Spring Framework, “Interception” (ChannelInterceptor)",
    },
    {
      id: "IDENTIFY-BY-OTHER-MEANS",
      level: "MAY",
      basis: "declared",
      text: "A client may identify by CONNECT or SUBSCRIBE: by a header, a principal or a query.",
      citation: "The profile's `identify.by`",
      later:
        "It is a permission, which no target can fail. A profile that declares such a way is judged by all other requirements.",
    },
  ],
};
