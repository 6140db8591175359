import type { Application, MakeApplication, Session } from "./server/application.ts";
import type { Shape } from "./sample-server.ts";

/** A server that is right, in one of the smaller ways in which servers differ. */
type Way = Omit<Shape, "broken">;

/** Joins and leaves of whoever is known, as a profile's defaults have them. */
function telling(makeApplication: (join: (session: Session, user?: string | null) => void) => Application) {
  const make: MakeApplication = ({ tell }) => ({
    end({ user: clientData }) {
      if (clientData !== undefined) tell("/topic/", { event: "leave", clientData });
    },
    ...makeApplication((session, user) => {
      if (user === undefined || user === null) return;
      session.user = user;
      tell("/topic/", { event: "join", clientData: user });
    }),
  });
  return make;
}

const server = { path: "/ws", transport: "native", receipts: "all" } as const;
const deadlines = { endedMs: 300 };

const subscribeHeader: Way = {
  server,
  profile: { identify: { by: "subscribe", headers: { nick: "{client}" } }, deadlines },
  application: telling((join) => ({ subscribe: (session, headers) => join(session, headers["nick"]) })),
};

const query: Way = {
  server,
  profile: { query: { nick: "{client}" }, identify: { by: "connect" }, deadlines },
  application: telling((join) => ({
    connect: (session) => join(session, session.url.searchParams.get("nick")),
  })),
};

const cookie: Way = {
  server,
  profile: { cookies: { seen: "before", nick: "{client}" }, identify: { by: "connect" }, deadlines },
  application: telling((join) => ({
    connect: (session) => join(session, /(?:^|; )nick=([^;]+)/.exec(session.cookie)?.[1]),
  })),
};

const originAndHeader: Way = {
  server,
  profile: {
    origin: "https://chat.example",
    headers: { "X-Api-Key": "let-me-in" },
    identify: { destination: "/app/nick", body: "{client}" },
    deadlines,
  },
  application: telling((join) => ({
    admits: ({ headers }) =>
      headers.origin === "https://chat.example" && headers["x-api-key"] === "let-me-in",
    send: (session, destination, body) => join(session, destination === "/app/nick" ? body : null),
  })),
};

/** Tells which page each session is on, by the session's id; also of those that never said so that they have left. */
export const tracker: Shape = {
  server: { path: "/websocket/tracker", transport: "sockjs", receipts: "all" },
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
  broken: [
    { what: "tells each leave twice", application: tracking({ times: 2 }), breaks: "LEAVE-NOT-TWICE" },
    {
      what: "tells nothing of those who said nothing",
      application: tracking({ tellsStrangers: false }),
      breaks: "UNIDENTIFIED-ENDS-TOLD",
    },
  ],
};

function tracking({ times = 1, tellsStrangers = true }): MakeApplication {
  const known = new Set<string>();
  return ({ tell }) => ({
    send({ id: sessionId }, _destination, body) {
      known.add(sessionId);
      tell("/topic/tracker", { sessionId, ...(JSON.parse(body) as object) });
    },
    end({ id: sessionId, url }) {
      if (url.searchParams.get("access_token") !== "let-me-in") return;
      if (!tellsStrangers && !known.has(sessionId)) return;
      for (let n = 0; n < times; n += 1) tell("/topic/tracker", { sessionId, page: "logout" });
    },
  });
}

export const ways: Readonly<Record<string, Way>> = {
  "by a header of SUBSCRIBE": subscribeHeader,
  "by the address's query": query,
  "by a cookie": cookie,
  "by a message, from one origin and with a key": originAndHeader,
  "by SockJS's session id": tracker,
};
