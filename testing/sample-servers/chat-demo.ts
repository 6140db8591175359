import type { MakeApplication } from "./server/application.ts";
import type { SampleServer } from "./sample-server.ts";

interface ChatMessage {
  readonly type: "CHAT" | "JOIN" | "LEAVE";
  readonly sender: string;
}

/** Sends chat messages, joins and leaves on one topic. Its broker sends no receipts but that of DISCONNECT. */
const chat =
  (notices: "every end" | "only DISCONNECT"): MakeApplication =>
  ({ tell }) => ({
    send(session, destination, body) {
      const message = JSON.parse(body) as ChatMessage;
      if (destination === "/app/chat.addUser") {
        if (typeof message.sender !== "string") return;
        session.client = message.sender;
      }
      tell("/topic/public", message);
    },
    end({ client }, how) {
      if (client === undefined || (notices === "only DISCONNECT" && how !== "disconnect")) return;
      tell("/topic/public", { type: "LEAVE", sender: client } satisfies ChatMessage);
    },
  });

export const noSessionId: SampleServer = {
  server: { path: "/ws", transport: "sockjs", receipts: "disconnect" },
  profile: {
    nativeWebSocket: false,
    topic: "/topic/public",
    ready: { probe: { destination: "/app/chat.sendMessage", body: { type: "CHAT", content: "{probe}" } } },
    identify: { destination: "/app/chat.addUser", body: { sender: "{client}", type: "JOIN" } },
    notice: {
      join: { match: { "/type": "JOIN" }, client: "/sender" },
      leave: { match: { "/type": "LEAVE" }, client: "/sender" },
    },
    deadlines: { endedMs: 300, httpEndedMs: 1_000 },
  },
  application: chat("every end"),
  defects: [
    {
      description: "notices no end but DISCONNECT",
      application: chat("only DISCONNECT"),
      breaks: "LEAVE-ON-CLOSE",
      alsoBreaks: ["LEAVE-ON-LOST-CONNECTION", "LEAVE-ON-SILENCE"],
    },
  ],
};
