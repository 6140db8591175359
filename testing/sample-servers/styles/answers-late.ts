import type { MakeApplication } from "../server/application.ts";
import type { SampleServer } from "../sample-server.ts";

interface LeaveOptions {
  /** Delay of a leave, in milliseconds. The next leave replaces it. None when left out. */
  readonly leaveWaitsMs?: number;
  readonly notices?: "every end" | "only DISCONNECT";
}

/** Sends joins and leaves as text. Only its server's `delayMs` makes it slow. */
const hall =
  ({ leaveWaitsMs, notices = "every end" }: LeaveOptions = {}): MakeApplication =>
  ({ tell }) => {
    let waiting: NodeJS.Timeout | undefined;
    return {
      connect(session) {
        session.client = session.headers["login"];
        if (session.client !== undefined) tell("/topic/hall", `+ ${session.client}`);
      },
      end({ client }, how) {
        if (client === undefined || (notices === "only DISCONNECT" && how !== "disconnect")) return;
        const leave = () => tell("/topic/hall", `- ${client}`);
        if (leaveWaitsMs === undefined) {
          leave();
          return;
        }
        clearTimeout(waiting);
        waiting = setTimeout(leave, leaveWaitsMs);
      },
    };
  };

export const answersLate: SampleServer = {
  server: { path: "/hall", transport: "native", delayMs: [200, 300] },
  profile: {
    stomp: { headers: { login: "{client}" } },
    topic: "/topic/hall",
    identify: { by: "connect" },
    notice: { join: { text: "+ {client}" }, leave: { text: "- {client}" } },
  },
  application: hall(),
  defects: [
    {
      description: "forgets a leave when another one comes within 100 ms",
      application: hall({ leaveWaitsMs: 100 }),
      breaks: "LEAVE-ON-CLOSE",
    },
    {
      description: "notices no end but DISCONNECT",
      application: hall({ notices: "only DISCONNECT" }),
      breaks: "LEAVE-ON-CLOSE",
      alsoBreaks: ["LEAVE-ON-LOST-CONNECTION", "LEAVE-ON-SILENCE"],
    },
  ],
};
