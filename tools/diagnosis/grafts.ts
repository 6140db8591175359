import { setTimeout as sleep } from "node:timers/promises";
import type { RightServer } from "../../testing/sample-servers/sample-server.ts";
import type {
  Broker,
  MakeApplication,
  SampleSession,
  SessionEnd,
} from "../../testing/sample-servers/server/application.ts";

/** A defect that can be built into any sample server whose application announces an end at once. */
export interface Graft {
  /** Causes that name it, rules or mutants. */
  readonly causes: readonly string[];
  /** Set where the server's transport does not let it show. */
  readonly not?: "native" | "sockjs";
  readonly graft: (server: RightServer) => RightServer;
}

type End = (session: SampleSession, how: SessionEnd) => void;

/** Changes what happens at the end of a session. */
const atEnd =
  (change: (end: End, broker: Broker) => End) =>
  (server: RightServer): RightServer => ({
    ...server,
    application: (broker) => {
      const application = server.application(broker);
      const end: End = (session, how) => application.end?.(session, how);
      return { ...application, end: change(end, broker) };
    },
  });

/** Changes how the notices are sent that the end of a session causes. */
const whileEnding =
  (tellOf: (broker: Broker) => Broker["tell"]) =>
  (server: RightServer): RightServer => {
    const application: MakeApplication = (broker) => {
      let ending = false;
      const tellAtEnd = tellOf(broker);
      const inner = server.application({
        sessions: broker.sessions,
        tell: (destination, body) => (ending ? tellAtEnd : broker.tell)(destination, body),
      });
      return {
        ...inner,
        end(session, how) {
          ending = true;
          try {
            inner.end?.(session, how);
          } finally {
            ending = false;
          }
        },
      };
    };
    return { ...server, application };
  };

/** Ends no session that ends in this way. */
const misses = (isMissed: (how: SessionEnd, session: SampleSession) => boolean) =>
  atEnd((end) => (session, how) => {
    if (!isMissed(how, session)) end(session, how);
  });

const textOf = (body: unknown): string => (typeof body === "string" ? body : JSON.stringify(body));

const lateMs = 2_500;
const quietMs = 1_500;

/** Defects by name. */
export const grafts: Readonly<Record<string, Graft>> = {
  "only DISCONNECT": {
    causes: ["only-disconnect", "hears-only-disconnect-frame"],
    graft: misses((how) => how !== "disconnect"),
  },
  "only goodbyes": {
    causes: ["only-goodbyes", "hears-only-goodbyes"],
    not: "sockjs",
    graft: misses((how) => how === "lost"),
  },
  "misses DISCONNECT": {
    causes: ["misses-disconnect", "misses-disconnect-frame"],
    graft: misses((how) => how === "disconnect"),
  },
  "misses HTTP": {
    causes: ["transport-family", "keeps-http-sessions"],
    not: "native",
    graft: misses((how, { url }) => how !== "disconnect" && !url.pathname.endsWith("/websocket")),
  },
  "no leaves": { causes: ["no-leaves", "tells-leaver-only"], graft: misses(() => true) },
  twice: {
    causes: ["repeated-leave", "announces-leave-twice"],
    graft: whileEnding(({ tell }) => (destination, body) => {
      tell(destination, body);
      tell(destination, body);
    }),
  },
  late: {
    causes: ["late-leaves", "announces-leave-late"],
    graft: atEnd((end) => (session, how) => void sleep(lateMs).then(() => end(session, how))),
  },
  "every second subscriber": {
    causes: ["some-are-told", "tells-every-second-subscriber"],
    graft: whileEnding(({ sessions }) => (destination, body) => {
      for (const [place, session] of [...sessions].entries())
        if (place % 2 === 0) session.tell(destination, textOf(body)).catch(() => undefined);
    }),
  },
  "loop that stops": {
    causes: ["some-are-told", "lost-beside-another-end", "forgets-notice-when-another-ends"],
    graft: whileEnding(({ sessions }) => (destination, body) => {
      const tellAll = async () => {
        for (const session of [...sessions].reverse()) {
          await sleep(5);
          await session.tell(destination, textOf(body));
        }
      };
      tellAll().catch(() => undefined);
    }),
  },
  "no names": {
    causes: ["nameless-leaves"],
    graft: atEnd((end) => (session, how) => {
      if (session.client !== undefined) session.client = "?";
      end(session, how);
    }),
  },
  "no heartbeats": {
    causes: ["no-heartbeats", "offers-no-heartbeats"],
    graft: (server) => ({
      ...server,
      server: { ...server.server, heartbeats: { answer: [0, 0] } },
      profile: { ...server.profile, heartbeatMs: 0 },
    }),
  },
  "ignores missing heartbeats": {
    causes: ["ignores-missing-heartbeats", "never-checks-heartbeats"],
    graft: (server) => ({
      ...server,
      server: { ...server.server, heartbeats: { answer: [100, 100], droppedAfterMs: Infinity } },
    }),
  },
  "closes quiet clients": {
    causes: ["closes-living-clients", "gives-up-quiet-clients"],
    graft: (server) => {
      const timers = new WeakMap<SampleSession, NodeJS.Timeout>();
      return {
        ...server,
        server: {
          ...server.server,
          onFrame(_command, session) {
            clearTimeout(timers.get(session));
            timers.set(
              session,
              setTimeout(() => session.drop(), quietMs),
            );
            return false;
          },
        },
      };
    },
  },
  "first name wins": {
    causes: ["first-identify-wins"],
    graft: (server) => ({
      ...server,
      application: (broker) => {
        const application = server.application(broker);
        const known = new WeakMap<SampleSession, string>();
        return {
          ...application,
          send(session, destination, body) {
            const isIdentify = JSON.stringify(server.profile.identify).includes(destination);
            if (isIdentify && known.has(session)) return;
            if (isIdentify) known.set(session, body);
            application.send?.(session, destination, body);
          },
        };
      },
    }),
  },
};
