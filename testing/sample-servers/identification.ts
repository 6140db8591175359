import type { Application, MakeApplication, SampleSession } from "./server/application.ts";
import type { RightServer, SampleServer } from "./sample-server.ts";

/** Announces identified clients as a profile's defaults have it. */
function announcing(
  makeApplication: (join: (session: SampleSession, name?: string | null) => void) => Application,
): MakeApplication {
  return ({ tell }) => ({
    end({ client: clientData }) {
      if (clientData !== undefined) tell("/topic/", { event: "leave", clientData });
    },
    ...makeApplication((session, name) => {
      if (name === undefined || name === null) return;
      session.client = name;
      tell("/topic/", { event: "join", clientData: name });
    }),
  });
}

const server = { path: "/ws", transport: "native" } as const;
const deadlines = { endedMs: 300 };

const subscribeHeader: RightServer = {
  server,
  profile: { identify: { by: "subscribe", headers: { nick: "{client}" } }, deadlines },
  application: announcing((join) => ({ subscribe: (session, headers) => join(session, headers["nick"]) })),
};

const query: RightServer = {
  server,
  profile: { query: { nick: "{client}" }, identify: { by: "connect" }, deadlines },
  application: announcing((join) => ({
    connect: (session) => join(session, session.url.searchParams.get("nick")),
  })),
};

const cookie: RightServer = {
  server,
  profile: { cookies: { seen: "before", nick: "{client}" }, identify: { by: "connect" }, deadlines },
  application: announcing((join) => ({
    connect: (session) =>
      join(session, /(?:^|; )nick=([^;]+)/.exec(session.handshake.headers.cookie ?? "")?.[1]),
  })),
};

const originAndHeader: RightServer = {
  server: {
    ...server,
    refuses: ({ headers }) =>
      headers.origin === "https://chat.example" && headers["x-api-key"] === "let-me-in" ? undefined : 401,
  },
  profile: {
    origin: "https://chat.example",
    headers: { "X-Api-Key": "let-me-in" },
    identify: { destination: "/app/nick", body: "{client}" },
    deadlines,
  },
  application: announcing((join) => ({
    send: (session, destination, body) => join(session, destination === "/app/nick" ? body : null),
  })),
};

let guests = 0;

const guestId: RightServer = {
  server,
  profile: {
    before: [{ path: "/guests", take: { userId: "/id" } }],
    stomp: { headers: { user: "{userId}" } },
    identify: { by: "connect" },
    notice: {
      join: { match: { "/event": "join" }, client: "/clientData" },
      leave: { match: { "/event": "leave" }, client: "/clientData" },
      names: "{userId}",
    },
    deadlines,
  },
  application: announcing((join) => ({
    post: (path) => (path === "/guests" ? { id: `guest-${(guests += 1)}` } : undefined),
    connect: (session) => join(session, session.headers["user"]),
  })),
};

/** Sends the page of each session by the session id. It also announces the end of a session without a page. */
export const tracker: SampleServer = {
  server: { path: "/websocket/tracker", transport: "sockjs" },
  profile: {
    nativeWebSocket: false,
    query: { access_token: "let-me-in" },
    topic: "/topic/tracker",
    identify: { destination: "/topic/activity", body: { page: "/" } },
    notice: {
      join: { match: { "/page": "/" }, client: "/sessionId" },
      leave: { match: { "/page": "logout" }, client: "/sessionId" },
      names: "{sessionId}",
    },
    unidentified: "announced",
    deadlines: { endedMs: 300, httpEndedMs: 1_000 },
  },
  application: tracking({}),
  defects: [
    { description: "tells each leave twice", application: tracking({ times: 2 }), breaks: "LEAVE-NOT-TWICE" },
    {
      description: "does not announce the end of a session without a page",
      application: tracking({ announcesUnidentified: false }),
      breaks: "UNIDENTIFIED-ENDS-TOLD",
    },
  ],
};

function tracking({ times = 1, announcesUnidentified = true }): MakeApplication {
  const known = new Set<string>();
  return ({ tell }) => ({
    send({ id: sessionId }, _destination, body) {
      known.add(sessionId);
      tell("/topic/tracker", { sessionId, ...(JSON.parse(body) as object) });
    },
    end({ id: sessionId, url }) {
      if (url.searchParams.get("access_token") !== "let-me-in") return;
      if (!announcesUnidentified && !known.has(sessionId)) return;
      for (let n = 0; n < times; n += 1) tell("/topic/tracker", { sessionId, page: "logout" });
    },
  });
}

/** Right servers by the place in which a client gives its name. */
export const serversByIdentification: Readonly<Record<string, RightServer>> = {
  "by a header of SUBSCRIBE": subscribeHeader,
  "by the address's query": query,
  "by a cookie": cookie,
  "by a message, from one origin and with a key": originAndHeader,
  "by SockJS's session id": tracker,
  "by an id that the server gives": guestId,
};
