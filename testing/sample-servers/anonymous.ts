import type { MakeApplication } from "./server/application.ts";
import type { SampleServer } from "./sample-server.ts";

/** Announces joins and leaves without names. */
const crowd =
  (times: number): MakeApplication =>
  ({ tell }) => ({
    send(session, _destination, body) {
      session.client ??= body;
      tell("/topic/crowd", { type: "came" });
    },
    end({ client }) {
      for (let n = 0; n < times && client !== undefined; n += 1) tell("/topic/crowd", { type: "left" });
    },
  });

export const anonymousLeaves: SampleServer = {
  server: { path: "/crowd", transport: "native" },
  profile: {
    topic: "/topic/crowd",
    identify: { destination: "/app/here", body: {} },
    notice: { join: { match: { "/type": "came" } }, leave: { match: { "/type": "left" } } },
    unidentified: "silent",
    heartbeatMs: 0,
    deadlines: { endedMs: 200 },
  },
  application: crowd(1),
  defects: [
    {
      description: "tells each leave twice",
      application: crowd(2),
      breaks: "LEAVE-NOT-TWICE",
    },
  ],
};
