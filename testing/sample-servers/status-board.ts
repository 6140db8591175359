import type { MakeApplication } from "./server/application.ts";
import type { Shape } from "./sample-server.ts";

/** Each change of somebody's status is told twice: at once, and beside the next one's. */
const board =
  (repeats: "what is" | "what was"): MakeApplication =>
  ({ tell }) => {
    const statuses = new Map<string, boolean>();
    let last: { readonly userId: string; readonly online: boolean } | undefined;
    const set = (userId: string, online: boolean) => {
      const before = statuses.get(userId) ?? online;
      statuses.set(userId, online);
      if (last !== undefined) tell("/topic/status", { ...last, online: statuses.get(last.userId) });
      tell("/topic/status", { userId, online });
      last = { userId, online };
      if (repeats === "what was" && before !== online) tell("/topic/status", { userId, online: before });
    };
    return {
      connect(session) {
        session.user = session.headers["login"];
        if (session.user !== undefined) set(session.user, true);
      },
      end({ user }) {
        if (user !== undefined) set(user, false);
      },
    };
  };

export const statusFlag: Shape = {
  server: { path: "/board", transport: "native", receipts: "all" },
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
  application: board("what is"),
  broken: [
    {
      what: "shows the old status again after the new one",
      application: board("what was"),
      breaks: "GONE-STAYS-GONE",
    },
  ],
};
