import type { MakeApplication } from "../server/application.ts";
import type { Shape } from "../sample-server.ts";

interface Telling {
  /** How long a leave waits, in milliseconds; the next one takes its place. Told at once when left out. */
  readonly leaveWaitsMs?: number;
  readonly hears?: "every end" | "only DISCONNECT";
}

/** Joins and leaves as text. All that makes it slow is its server's `delayMs`. */
const hall =
  ({ leaveWaitsMs, hears = "every end" }: Telling = {}): MakeApplication =>
  ({ tell }) => {
    let waiting: NodeJS.Timeout | undefined;
    return {
      connect(session) {
        session.user = session.headers["login"];
        if (session.user !== undefined) tell("/topic/hall", `+ ${session.user}`);
      },
      end({ user }, how) {
        if (user === undefined || (hears === "only DISCONNECT" && how !== "disconnect")) return;
        const leave = () => tell("/topic/hall", `- ${user}`);
        if (leaveWaitsMs === undefined) {
          leave();
          return;
        }
        clearTimeout(waiting);
        waiting = setTimeout(leave, leaveWaitsMs);
      },
    };
  };

export const answersLate: Shape = {
  server: { path: "/hall", transport: "native", receipts: "all", delayMs: [200, 300] },
  profile: {
    stomp: { headers: { login: "{client}" } },
    topic: "/topic/hall",
    identify: { by: "connect" },
    notice: { join: { text: "+ {client}" }, leave: { text: "- {client}" } },
  },
  application: hall(),
  broken: [
    {
      what: "forgets a leave when another one comes within 100 ms",
      application: hall({ leaveWaitsMs: 100 }),
      breaks: "LEAVE-ON-CLOSE",
    },
    {
      what: "hears of no end but DISCONNECT",
      application: hall({ hears: "only DISCONNECT" }),
      breaks: "LEAVE-ON-CLOSE",
      alsoBreaks: ["LEAVE-ON-LOST-CONNECTION", "LEAVE-ON-SILENCE"],
    },
  ],
};
