import type { MakeApplication } from "./server/application.ts";
import type { Shape } from "./sample-server.ts";

/** Nothing is told but who is there, whenever that changes. */
const roster =
  (strikesOut: "whoever ends" | "whoever says goodbye"): MakeApplication =>
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
        if (strikesOut === "whoever says goodbye" && how === "lost") return;
        if (there.delete(session)) show();
      },
    };
  };

export const rosterOnly: Shape = {
  server: { path: "/presence", transport: "native", receipts: "all" },
  profile: {
    topic: "/topic/online",
    identify: { destination: "/app/enter", body: { name: "{client}" } },
    notice: { roster: { list: "/online", client: "" } },
    deadlines: { endedMs: 300 },
  },
  application: roster("whoever ends"),
  broken: [
    {
      what: "keeps whoever dropped without a close",
      application: roster("whoever says goodbye"),
      breaks: "LEAVE-ON-LOST-CONNECTION",
      alsoBreaks: ["LEAVE-ON-SILENCE"],
    },
  ],
};
