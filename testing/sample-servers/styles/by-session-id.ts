import type { MakeApplication } from "../server/application.ts";
import type { Shape } from "../sample-server.ts";

interface Naming {
  readonly nameOf?: (id: string) => string;
  /** Tells a leave twice where another end was so short a time before, in milliseconds. */
  readonly twiceWithinMs?: number;
}

/** Names everybody by the session id in SockJS's address, and tells only of those who said that they are here. */
const cursors =
  ({ nameOf = (id) => id, twiceWithinMs = 0 }: Naming = {}): MakeApplication =>
  ({ tell }) => {
    let endedAtMs = -Infinity;
    return {
      send(session, destination) {
        if (destination !== "/app/cursor") return;
        session.user ??= nameOf(session.id);
        tell("/topic/cursors", { shown: session.user });
      },
      end({ user }) {
        const sinceMs = performance.now() - endedAtMs;
        endedAtMs = performance.now();
        if (user === undefined) return;
        for (let n = 0; n < (sinceMs < twiceWithinMs ? 2 : 1); n += 1)
          tell("/topic/cursors", { hidden: user });
      },
    };
  };

export const bySessionId: Shape = {
  server: { path: "/cursors", transport: "sockjs", receipts: "all", sockJsDelayMs: 2_000 },
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
  broken: [
    {
      what: "tells a leave twice that comes just after another end",
      application: cursors({ twiceWithinMs: 20 }),
      breaks: "LEAVE-NOT-TWICE",
      hitsOthers: true,
    },
    {
      what: "cuts the session id",
      application: cursors({ nameOf: (id) => id.slice(0, 4) }),
      breaks: "LEAVE-ON-CLOSE",
    },
  ],
};
