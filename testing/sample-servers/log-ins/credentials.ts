import type { MakeApplication, SampleSession } from "../server/application.ts";
import type { SampleServer } from "../sample-server.ts";

/** Time from CONNECT until a token of the kind `short` expires, in milliseconds. */
const expiryMs = 700;

/** Treatment of a session that a log-out or the token's expiry ends. The first two are right. */
type Ending = "told and closed" | "told" | "told again at the close" | "closed without a word" | "nothing";

interface Mistakes {
  readonly admitsAll?: boolean;
  /** Notice of a client that is refused. */
  readonly tellsRefused?: "join" | "leave";
  readonly atLogOut?: Ending;
  readonly atExpiry?: Ending;
}

/** A log-in gives a token, which CONNECT carries. A log-out and the token's expiry end the session. */
export function tokens({ admitsAll, tellsRefused, atLogOut, atExpiry }: Mistakes): MakeApplication {
  return ({ sessions, tell }) => {
    const users = new Map<string, string>();
    const say = (event: "join" | "leave", clientData?: string) => tell("/topic/", { event, clientData });
    const silent = new Set<SampleSession>();
    const endBy = (session: SampleSession, how: Ending = "told and closed") => {
      if (how === "nothing" || !sessions.has(session)) return;
      if (how !== "closed without a word") say("leave", session.client);
      if (how !== "told again at the close") silent.add(session);
      if (how.includes("closed")) session.drop();
    };
    const tokenIn = ({ Authorization = "" }: SampleSession["headers"]) => Authorization.split(" ")[1] ?? "";
    return {
      post(path, { user = "", token = "" }) {
        if (path === "/login") users.set(`token-of-${user}`, user);
        if (path === "/login") return { token: `token-of-${user}` };
        if (path !== "/logout") return undefined;
        for (const session of sessions) if (tokenIn(session.headers) === token) endBy(session, atLogOut);
        return {};
      },
      admits(headers) {
        if (admitsAll === true || users.has(tokenIn(headers))) return true;
        if (tellsRefused !== undefined) say(tellsRefused, headers["login"]);
        return false;
      },
      connect(session) {
        session.client = session.headers["login"];
        say("join", session.client);
        const isShort = session.headers["Authorization"]?.endsWith(" short") === true;
        if (isShort) setTimeout(() => endBy(session, atExpiry), expiryMs);
      },
      end(session) {
        if (!silent.has(session)) say("leave", session.client);
      },
    };
  };
}

export const credentials: SampleServer = {
  server: { path: "/chat", transport: "sockjs" },
  profile: {
    nativeWebSocket: false,
    before: [{ path: "/login", json: { user: "{client}" }, take: { token: "/token" } }],
    stomp: { headers: { login: "{client}", Authorization: "Bearer {token}" } },
    identify: { by: "connect" },
    refused: { stomp: { headers: { Authorization: "Bearer of-nobody" } } },
    expires: { afterMs: 800, stomp: { headers: { Authorization: "Bearer {token} short" } } },
    logout: { path: "/logout", json: { token: "{token}" } },
    deadlines: { endedMs: 300, httpEndedMs: 1_000 },
  },
  application: tokens({}),
  defects: [
    {
      description: "connects clients with wrong credentials",
      application: tokens({ admitsAll: true }),
      breaks: "REFUSED-STAYS-OUT",
    },
    {
      description: "announces a client before it looks at the token",
      application: tokens({ tellsRefused: "join" }),
      breaks: "REFUSED-STAYS-OUT",
    },
    {
      description: "announces the leave of a client that it refused",
      application: tokens({ tellsRefused: "leave" }),
      breaks: "REFUSED-STAYS-OUT",
    },
    {
      description: "does not announce a client that is logged out",
      application: tokens({ atLogOut: "closed without a word" }),
      breaks: "LEAVE-ON-LOG-OUT",
    },
    {
      description: "announces a client that was logged out again when its connection closes",
      application: tokens({ atLogOut: "told again at the close" }),
      breaks: "LEAVE-NOT-TWICE",
    },
    {
      description: "ignores the expiry of credentials",
      application: tokens({ atExpiry: "nothing" }),
      breaks: "LEAVE-ON-EXPIRY",
    },
  ],
};
