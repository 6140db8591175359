import type { MakeApplication, SampleSession } from "../server/application.ts";
import type { SampleServer } from "../sample-server.ts";

interface RelayOptions {
  readonly times?: number;
  /** Announces only the ends of subscribers. */
  readonly countsSubscribers?: boolean;
}

/** Passes on every message to its topic, so that clients announce themselves. It announces each end without a name. */
const broker =
  ({ times = 1, countsSubscribers = false }: RelayOptions = {}): MakeApplication =>
  ({ tell }) => {
    const subscribers = new Set<SampleSession>();
    return {
      subscribe: (session) => void subscribers.add(session),
      send: (_session, destination, body) => tell(destination, body),
      end(session) {
        if (!subscribers.delete(session) && countsSubscribers) return;
        for (let n = 0; n < times; n += 1) tell("/topic/room", { advisory: "connection-gone" });
      },
    };
  };

export const relay: SampleServer = {
  server: { path: "/stomp", transport: "native" },
  profile: {
    topic: "/topic/room",
    identify: { destination: "/topic/room", body: { says: "here", name: "{client}" }, confirmed: "receipt" },
    notice: { leave: { match: { "/advisory": "connection-gone" } } },
    unidentified: "announced",
    deadlines: { endedMs: 300 },
  },
  application: broker(),
  defects: [
    { description: "tells each end twice", application: broker({ times: 2 }), breaks: "LEAVE-NOT-TWICE" },
    {
      description: "does not announce the end of a connection without a subscription",
      application: broker({ countsSubscribers: true }),
      breaks: "UNIDENTIFIED-ENDS-TOLD",
    },
  ],
};
