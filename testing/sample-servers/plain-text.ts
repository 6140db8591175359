import type { MakeApplication } from "./server/application.ts";
import type { SampleServer } from "./sample-server.ts";

/** Takes names and sends notices as lines of text. */
const lines =
  (leaves: "announced" | "kept"): MakeApplication =>
  ({ tell }) => ({
    send(session, destination, body) {
      if (destination !== "/app/name") return;
      session.client = body;
      tell("/topic/lines", `${body} has joined`);
    },
    end({ client }) {
      if (client !== undefined && leaves === "announced") tell("/topic/lines", `${client} has left`);
    },
  });

export const plainText: SampleServer = {
  server: { path: "/lines", transport: "native" },
  profile: {
    topic: "/topic/lines",
    identify: { destination: "/app/name", body: "{client}" },
    notice: { join: { text: "{client} has joined" }, leave: { text: "{client} has left" } },
    deadlines: { endedMs: 300 },
  },
  application: lines("announced"),
  defects: [
    {
      description: "announces no leave",
      application: lines("kept"),
      breaks: "LEAVE-ON-DISCONNECT",
      alsoBreaks: [
        "LEAVE-ON-CLOSE",
        "LEAVE-ON-LOST-CONNECTION",
        "LEAVE-ON-SILENCE",
        "IDENTIFY-ANY-ORDER",
        "IDENTIFY-LAST-WINS",
      ],
    },
  ],
};
