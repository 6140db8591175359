import type { MakeApplication } from "../server/application.ts";
import type { SampleServer } from "../sample-server.ts";

interface NamingOptions {
  readonly nameOf?: (id: string) => string;
  /** Longest time after another end in which a leave is told twice, in milliseconds. */
  readonly twiceWithinMs?: number;
}

/** Names clients by the session id in SockJS's address, and announces those that have sent a message. */
const cursors =
  ({ nameOf = (id) => id, twiceWithinMs = 0 }: NamingOptions = {}): MakeApplication =>
  ({ tell }) => {
    let endedAtMs = -Infinity;
    return {
      send(session, destination) {
        if (destination !== "/app/cursor") return;
        session.client ??= nameOf(session.id);
        tell("/topic/cursors", { shown: session.client });
      },
      end({ client }) {
        const sinceMs = performance.now() - endedAtMs;
        endedAtMs = performance.now();
        if (client === undefined) return;
        for (let n = 0; n < (sinceMs < twiceWithinMs ? 2 : 1); n += 1)
          tell("/topic/cursors", { hidden: client });
      },
    };
  };

export const bySessionId: SampleServer = {
  server: { path: "/cursors", transport: "sockjs", sockJsDelayMs: 2_000 },
  profile: {
    nativeWebSocket: false,
    topic: "/topic/cursors",
    identify: { destination: "/app/cursor", body: { x: 0, y: 0 } },
    notice: {
      join: { pattern: '"shown":"(?<client>[^"]+)"' },
      leave: { pattern: '"hidden":"(?<client>[^"]+)"' },
      names: "{sessionId}",
    },
    unidentified: "silent",
    deadlines: { httpEndedMs: 4_000 },
  },
  application: cursors(),
  defects: [
    {
      description: "tells a leave twice within 20 ms of another end",
      application: cursors({ twiceWithinMs: 20 }),
      breaks: "LEAVE-NOT-TWICE",
      hitsOthers: true,
    },
    {
      description: "cuts the session id",
      application: cursors({ nameOf: (id) => id.slice(0, 4) }),
      breaks: "LEAVE-ON-CLOSE",
    },
  ],
};
