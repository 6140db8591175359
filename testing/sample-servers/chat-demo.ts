import type { MakeApplication } from "./server/application.ts";
import type { Shape } from "./sample-server.ts";

interface Message {
  readonly type: "CHAT" | "JOIN" | "LEAVE";
  readonly sender: string;
}

/** Chat, joins and leaves are all messages on one topic. Its broker knows no receipts. */
const chat =
  (hears: "every end" | "only DISCONNECT"): MakeApplication =>
  ({ tell }) => ({
    send(session, destination, body) {
      const message = JSON.parse(body) as Message;
      if (destination === "/app/chat.addUser") {
        if (typeof message.sender !== "string") return;
        session.user = message.sender;
      }
      tell("/topic/public", message);
    },
    end({ user }, how) {
      if (user === undefined || (hears === "only DISCONNECT" && how !== "disconnect")) return;
      tell("/topic/public", { type: "LEAVE", sender: user } satisfies Message);
    },
  });

export const noSessionId: Shape = {
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
  broken: [
    {
      what: "hears of no end but DISCONNECT",
      application: chat("only DISCONNECT"),
      breaks: "LEAVE-ON-CLOSE",
      alsoBreaks: ["LEAVE-ON-LOST-CONNECTION", "LEAVE-ON-SILENCE"],
    },
  ],
};
