import type { MakeApplication } from "./server/application.ts";
import type { Shape } from "./sample-server.ts";

/** A log-in gives a token, and the token says at CONNECT who it is. Those who come and go have a topic each. */
const friends =
  (names: "the leaver" | "the one before, where none says goodbye"): MakeApplication =>
  ({ tell }) => {
    const users: string[] = [];
    const tokenIn = (authorization = "") => Number(/^Bearer (\d+)$/.exec(authorization)?.[1]);
    return {
      post: (path, { user = "" }) =>
        path === "/login" ? { token: String(users.push(user) - 1) } : undefined,
      connect(session) {
        session.user = users[tokenIn(session.headers["Authorization"])];
        if (session.user !== undefined) tell("/topic/friends/signin", [session.user]);
      },
      end({ headers, user }, how) {
        const isRight = names === "the leaver" || how === "disconnect";
        const left = isRight ? user : users[tokenIn(headers["Authorization"]) - 1];
        if (left !== undefined) tell("/topic/friends/signout", [left]);
      },
    };
  };

export const principalByLogIn: Shape = {
  server: { path: "/messages", transport: "native", receipts: "all" },
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
  broken: [
    {
      what: "names whoever logged in before one who leaves without a DISCONNECT",
      application: friends("the one before, where none says goodbye"),
      hitsOthers: true,
      breaks: "NO-FALSE-LEAVE",
      alsoBreaks: ["LEAVE-ON-CLOSE", "LEAVE-ON-LOST-CONNECTION", "LEAVE-ON-SILENCE"],
    },
  ],
};
