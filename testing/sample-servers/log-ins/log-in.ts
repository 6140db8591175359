import type { MakeApplication } from "../server/application.ts";
import type { SampleServer } from "../sample-server.ts";

/** A log-in gives a token, which identifies the client at CONNECT. Joins and leaves have a topic each. */
const friends =
  (names: "the leaver" | "the log-in before, without a DISCONNECT"): MakeApplication =>
  ({ tell }) => {
    const users: string[] = [];
    const tokenIn = (authorization = "") => Number(/^Bearer (\d+)$/.exec(authorization)?.[1]);
    return {
      post: (path, { user = "" }) =>
        path === "/login" ? { token: String(users.push(user) - 1) } : undefined,
      connect(session) {
        session.client = users[tokenIn(session.headers["Authorization"])];
        if (session.client !== undefined) tell("/topic/friends/signin", [session.client]);
      },
      end({ headers, client }, how) {
        const isRight = names === "the leaver" || how === "disconnect";
        const left = isRight ? client : users[tokenIn(headers["Authorization"]) - 1];
        if (left !== undefined) tell("/topic/friends/signout", [left]);
      },
    };
  };

export const principalByLogIn: SampleServer = {
  server: { path: "/messages", transport: "native" },
  profile: {
    before: [{ path: "/login", json: { user: "{client}" }, take: { token: "/token" } }],
    stomp: { headers: { Authorization: "Bearer {token}" } },
    identify: { by: "connect" },
    notice: {
      join: { topic: "/topic/friends/signin", client: "/0" },
      leave: { topic: "/topic/friends/signout", client: "/0" },
    },
    deadlines: { endedMs: 300 },
  },
  application: friends("the leaver"),
  defects: [
    {
      description: "names the log-in before that of a client that leaves without a DISCONNECT",
      application: friends("the log-in before, without a DISCONNECT"),
      hitsOthers: true,
      breaks: "LEAVE-NAMES-THE-LEAVER",
      alsoBreaks: ["NO-FALSE-LEAVE", "SESSIONS-OF-ONE-PERSON"],
    },
  ],
};
