import type { MakeApplication } from "./server/application.ts";
import type { SampleServer } from "./sample-server.ts";

/** Sends the list of clients whenever it changes, and nothing else. */
const roster =
  (removes: "every session" | "closed sessions"): MakeApplication =>
  ({ tell }) => {
    const there = new Map<unknown, string>();
    const show = () => tell("/topic/online", { online: [...there.values()] });
    return {
      send(session, _destination, body) {
        const { name } = JSON.parse(body) as { name?: unknown };
        if (typeof name !== "string") return;
        there.set(session, name);
        show();
      },
      end(session, how) {
        if (removes === "closed sessions" && how === "lost") return;
        if (there.delete(session)) show();
      },
    };
  };

export const rosterOnly: SampleServer = {
  server: { path: "/presence", transport: "native" },
  profile: {
    topic: "/topic/online",
    identify: { destination: "/app/enter", body: { name: "{client}" } },
    notice: { roster: { list: "/online", client: "" } },
    deadlines: { endedMs: 300 },
  },
  application: roster("every session"),
  defects: [
    {
      description: "keeps clients whose connection was lost",
      application: roster("closed sessions"),
      breaks: "LEAVE-ON-LOST-CONNECTION",
      alsoBreaks: ["LEAVE-ON-SILENCE"],
    },
  ],
};
