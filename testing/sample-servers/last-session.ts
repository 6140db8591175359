import type { MakeApplication } from "./server/application.ts";
import type { Shape } from "./sample-server.ts";

const graceMs = 1_000;

interface Waiting {
  readonly waitsMs?: number;
  /** When it looks whether the person has another session. */
  readonly looks?: "after the wait" | "before the wait" | "never";
}

/** A person is gone when the last session has ended and none came back in time. */
const people =
  ({ waitsMs = graceMs, looks = "after the wait" }: Waiting = {}): MakeApplication =>
  ({ sessions, tell }) => {
    const present = new Set<string>();
    const waits = new Map<string, NodeJS.Timeout>();
    const isAmong = (all: Iterable<{ readonly user?: string | undefined }>, name: string) =>
      [...all].some(({ user }) => user === name);
    const look = (name: string, among: typeof sessions | [] = looks === "never" ? [] : sessions) => {
      if (isAmong(among, name) || !present.delete(name)) return;
      tell("/topic/people", { left: name });
    };
    return {
      send(session, _destination, body) {
        const { name } = JSON.parse(body) as { name?: unknown };
        if (typeof name !== "string") return;
        const was = session.user;
        session.user = name;
        if (was !== undefined) look(was);
        if (present.has(name)) return;
        present.add(name);
        tell("/topic/people", { came: name });
      },
      end({ user }) {
        if (user === undefined) return;
        clearTimeout(waits.get(user));
        if (looks === "before the wait" && isAmong(sessions, user)) return;
        waits.set(
          user,
          setTimeout(() => (looks === "before the wait" ? look(user, []) : look(user)), waitsMs),
        );
      },
    };
  };

export const lastSession: Shape = {
  server: { path: "/people", transport: "native", receipts: "all" },
  profile: {
    topic: "/topic/people",
    identify: { destination: "/app/hello", body: { name: "{client}" } },
    notice: {
      join: { pattern: '"came":"(?<client>[^"]+)"' },
      leave: { pattern: '"left":"(?<client>[^"]+)"' },
    },
    sessions: "last",
    graceMs,
    deadlines: { endedMs: 300 },
  },
  application: people(),
  broken: [
    {
      what: "does not wait for anybody to come back",
      application: people({ waitsMs: 0 }),
      breaks: "LEAVE-IN-TIME",
      alsoBreaks: ["BACK-WITHIN-GRACE", "NO-FALSE-LEAVE"],
    },
    {
      what: "does not look whether another session is left",
      application: people({ looks: "never" }),
      breaks: "SESSIONS-OF-ONE-PERSON",
      alsoBreaks: ["BACK-WITHIN-GRACE", "NO-FALSE-LEAVE"],
    },
    {
      what: "does not look again when the wait is over",
      application: people({ looks: "before the wait" }),
      breaks: "BACK-WITHIN-GRACE",
      alsoBreaks: ["NO-FALSE-LEAVE"],
    },
  ],
};
