import type { MakeApplication } from "./server/application.ts";
import type { Shape } from "./sample-server.ts";

/** Everything is a line of text, names and farewells too. */
const lines =
  (leaves: "told" | "kept"): MakeApplication =>
  ({ tell }) => ({
    send(session, destination, body) {
      if (destination !== "/app/name") return;
      session.user = body;
      tell("/topic/lines", `${body} has joined`);
    },
    end({ user }) {
      if (user !== undefined && leaves === "told") tell("/topic/lines", `${user} has left`);
    },
  });

export const plainText: Shape = {
  server: { path: "/lines", transport: "native", receipts: "all" },
  profile: {
    topic: "/topic/lines",
    identify: { destination: "/app/name", body: "{client}" },
    notice: { join: { text: "{client} has joined" }, leave: { text: "{client} has left" } },
    deadlines: { endedMs: 300 },
  },
  application: lines("told"),
  broken: [
    {
      what: "tells nobody who leaves",
      application: lines("kept"),
      breaks: "LEAVE-ON-DISCONNECT",
      alsoBreaks: [
        "LEAVE-ON-CLOSE",
        "LEAVE-ON-LOST-CONNECTION",
        "LEAVE-ON-SILENCE",
        "IDENTIFY-ANY-ORDER",
        "IDENTIFY-LAST-WINS",
        "SESSIONS-OF-ONE-PERSON",
      ],
    },
  ],
};
