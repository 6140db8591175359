import type { MakeApplication, Session } from "../server/application.ts";
import type { Shape } from "../sample-server.ts";

interface Relaying {
  readonly times?: number;
  /** Tells of no connection that never subscribed. */
  readonly countsSubscribers?: boolean;
}

/**
 * Passes on whatever is sent to a topic, and knows nobody: clients say for themselves who they are. It tells of each connection
 * that ends, and can't say whose that was.
 */
const broker =
  ({ times = 1, countsSubscribers = false }: Relaying = {}): MakeApplication =>
  ({ tell }) => {
    const subscribers = new Set<Session>();
    return {
      subscribe: (session) => void subscribers.add(session),
      send: (_session, destination, body) => tell(destination, body),
      end(session) {
        if (!subscribers.delete(session) && countsSubscribers) return;
        for (let n = 0; n < times; n += 1) tell("/topic/room", { advisory: "connection-gone" });
      },
    };
  };

export const relay: Shape = {
  server: { path: "/stomp", transport: "native", receipts: "all" },
  profile: {
    topic: "/topic/room",
    identify: { destination: "/topic/room", body: { says: "here", name: "{client}" }, confirmed: "receipt" },
    notice: { leave: { match: { "/advisory": "connection-gone" } } },
    unidentified: "announced",
    deadlines: { endedMs: 300 },
  },
  application: broker(),
  broken: [
    { what: "tells each end twice", application: broker({ times: 2 }), breaks: "LEAVE-NOT-TWICE" },
    {
      what: "tells nothing of a connection that never subscribed",
      application: broker({ countsSubscribers: true }),
      breaks: "UNIDENTIFIED-ENDS-TOLD",
    },
  ],
};
