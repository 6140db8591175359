import type { MakeApplication } from "./server/application.ts";
import type { SampleServer } from "./sample-server.ts";

const graceMs = 1_000;

interface GraceOptions {
  /** Time for a client to come back, in milliseconds. */
  readonly waitsMs?: number;
  /** Time at which it looks for another session of the person. */
  readonly looks?: "after the wait" | "before the wait" | "never";
}

/** Announces that a person has left when the last session has ended and no other began in time. */
const people =
  ({ waitsMs = graceMs, looks = "after the wait" }: GraceOptions = {}): MakeApplication =>
  ({ sessions, tell }) => {
    const present = new Set<string>();
    const waits = new Map<string, NodeJS.Timeout>();
    const isAmong = (all: Iterable<{ readonly client?: string | undefined }>, name: string) =>
      [...all].some(({ client }) => client === name);
    const look = (name: string, among: typeof sessions | [] = looks === "never" ? [] : sessions) => {
      if (isAmong(among, name) || !present.delete(name)) return;
      tell("/topic/people", { left: name });
    };
    return {
      send(session, _destination, body) {
        const { name } = JSON.parse(body) as { name?: unknown };
        if (typeof name !== "string") return;
        const was = session.client;
        session.client = name;
        if (was !== undefined) look(was);
        if (present.has(name)) return;
        present.add(name);
        tell("/topic/people", { came: name });
      },
      end({ client }) {
        if (client === undefined) return;
        clearTimeout(waits.get(client));
        if (looks === "before the wait" && isAmong(sessions, client)) return;
        waits.set(
          client,
          setTimeout(() => (looks === "before the wait" ? look(client, []) : look(client)), waitsMs),
        );
      },
    };
  };

export const lastSession: SampleServer = {
  server: { path: "/people", transport: "native" },
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
  defects: [
    {
      description: "does not wait for a person to come back",
      application: people({ waitsMs: 0 }),
      breaks: "LEAVE-IN-TIME",
      alsoBreaks: ["BACK-WITHIN-GRACE", "NO-FALSE-LEAVE"],
    },
    {
      description: "does not look for another session of the person",
      application: people({ looks: "never" }),
      breaks: "SESSIONS-OF-ONE-PERSON",
      alsoBreaks: ["BACK-WITHIN-GRACE", "NO-FALSE-LEAVE"],
    },
    {
      description: "does not look again after the wait",
      application: people({ looks: "before the wait" }),
      breaks: "BACK-WITHIN-GRACE",
      alsoBreaks: ["NO-FALSE-LEAVE"],
    },
  ],
};
