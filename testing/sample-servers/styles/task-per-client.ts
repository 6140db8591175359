import { setImmediate } from "node:timers/promises";
import type { MakeApplication, Session } from "../server/application.ts";
import type { Shape } from "../sample-server.ts";

interface Tasks {
  /** From an end that nobody said by DISCONNECT to its leave, in milliseconds. */
  readonly lostAfterMs?: number;
  /** How long after its client's end a task is cancelled by its place, in milliseconds; by itself when left out. */
  readonly cancelsPlaceAfterMs?: number;
}

/** Each client has a task of its own, which writes what waits for it, one after the other. */
const tasks =
  ({ lostAfterMs = 0, cancelsPlaceAfterMs }: Tasks = {}): MakeApplication =>
  ({ sessions }) => {
    const waiting = new Map<Session, Promise<void>>();
    const places: (Session | undefined)[] = [];
    const announce = (notice: object) => {
      const body = JSON.stringify(notice);
      for (const session of sessions) {
        const before = waiting.get(session) ?? Promise.resolve();
        const write = async () => {
          await setImmediate();
          await session.tell("/topic/people", body).catch(() => undefined);
        };
        waiting.set(session, before.then(write));
      }
    };
    const freePlaceOf = (session: Session) => {
      const place = places.indexOf(session);
      places[place] = undefined;
      if (cancelsPlaceAfterMs !== undefined) setTimeout(() => places[place]?.drop(), cancelsPlaceAfterMs);
    };
    return {
      connect(session) {
        const free = places.indexOf(undefined);
        places[free < 0 ? places.length : free] = session;
      },
      send(session, destination, body) {
        const { name } = JSON.parse(body) as { name?: unknown };
        if (destination !== "/app/people" || typeof name !== "string") return;
        session.user = name;
        announce({ came: name });
      },
      end(session, how) {
        const { user } = session;
        waiting.delete(session);
        freePlaceOf(session);
        if (user === undefined) return;
        setTimeout(() => announce({ left: user }), how === "disconnect" ? 0 : lostAfterMs);
      },
    };
  };

/** By when a leave is due, in milliseconds. */
const endedMs = 500;

export const taskPerClient: Shape = {
  server: { path: "/people", transport: "native", receipts: "all" },
  profile: {
    topic: "/topic/people",
    identify: { destination: "/app/people", body: { name: "{client}" } },
    notice: {
      join: { pattern: '^{"came":"(?<client>[^"]+)"}$' },
      leave: { pattern: '^{"left":"(?<client>[^"]+)"}$' },
    },
    deadlines: { endedMs },
  },
  application: tasks(),
  broken: [
    {
      what: "tells a lost connection's leave three deadlines late",
      application: tasks({ lostAfterMs: 4 * endedMs }),
      breaks: "LEAVE-IN-TIME",
    },
    {
      what: "closes whoever takes the place of one that has just ended",
      application: tasks({ cancelsPlaceAfterMs: 50 }),
      breaks: "OTHERS-STAY-CONNECTED",
      hitsOthers: true,
    },
  ],
};
