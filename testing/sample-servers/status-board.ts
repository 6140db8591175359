import type { MakeApplication } from "./server/application.ts";
import type { SampleServer } from "./sample-server.ts";

/** Sends each status twice: when it changes, and with the next change. */
const board =
  (repeats: "the status" | "the status before"): MakeApplication =>
  ({ tell }) => {
    const statuses = new Map<string, boolean>();
    let last: { readonly userId: string; readonly online: boolean } | undefined;
    const set = (userId: string, online: boolean) => {
      const before = statuses.get(userId) ?? online;
      statuses.set(userId, online);
      if (last !== undefined) tell("/topic/status", { ...last, online: statuses.get(last.userId) });
      tell("/topic/status", { userId, online });
      last = { userId, online };
      if (repeats === "the status before" && before !== online)
        tell("/topic/status", { userId, online: before });
    };
    return {
      connect(session) {
        session.client = session.headers["login"];
        if (session.client !== undefined) set(session.client, true);
      },
      end({ client }) {
        if (client !== undefined) set(client, false);
      },
    };
  };

export const statusFlag: SampleServer = {
  server: { path: "/board", transport: "native" },
  profile: {
    stomp: { headers: { login: "{client}" } },
    topic: "/topic/status",
    identify: { by: "connect" },
    notice: {
      join: { match: { "/online": true }, client: "/userId" },
      leave: { match: { "/online": false }, client: "/userId" },
      repeats: true,
    },
    deadlines: { endedMs: 300 },
  },
  application: board("the status"),
  defects: [
    {
      description: "shows the old status again after the new one",
      application: board("the status before"),
      breaks: "GONE-STAYS-GONE",
    },
  ],
};
