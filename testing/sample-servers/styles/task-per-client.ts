import { setImmediate } from "node:timers/promises";
import type { MakeApplication, SampleSession } from "../server/application.ts";
import type { SampleServer } from "../sample-server.ts";

interface TaskOptions {
  /** Delay of a leave after an end without DISCONNECT, in milliseconds. */
  readonly lostAfterMs?: number;
  /** Delay after which the task at the ended client's place is cancelled, in milliseconds; none when left out. */
  readonly cancelsPlaceAfterMs?: number;
}

/** Gives each client a task, which writes its notices one after the other. */
const tasks =
  ({ lostAfterMs = 0, cancelsPlaceAfterMs }: TaskOptions = {}): MakeApplication =>
  ({ sessions }) => {
    const waiting = new Map<SampleSession, Promise<void>>();
    const places: (SampleSession | undefined)[] = [];
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
    const freePlaceOf = (session: SampleSession) => {
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
        session.client = name;
        announce({ came: name });
      },
      end(session, how) {
        const { client } = session;
        waiting.delete(session);
        freePlaceOf(session);
        if (client === undefined) return;
        setTimeout(() => announce({ left: client }), how === "disconnect" ? 0 : lostAfterMs);
      },
    };
  };

/** Deadline of a leave, in milliseconds. */
const endedMs = 500;

export const taskPerClient: SampleServer = {
  server: { path: "/people", transport: "native" },
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
  defects: [
    {
      description: "tells a lost connection's leave three deadlines late",
      application: tasks({ lostAfterMs: 4 * endedMs }),
      breaks: "LEAVE-IN-TIME",
    },
    {
      description: "closes the client that takes the place of one that has just ended",
      application: tasks({ cancelsPlaceAfterMs: 50 }),
      breaks: "OTHERS-STAY-CONNECTED",
      hitsOthers: true,
    },
  ],
};
