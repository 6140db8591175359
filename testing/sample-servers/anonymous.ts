import type { MakeApplication } from "./server/application.ts";
import type { Shape } from "./sample-server.ts";

/** Who comes and goes is nobody's business; that somebody does is told. */
const crowd =
  (times: number): MakeApplication =>
  ({ tell }) => ({
    send(session, _destination, body) {
      session.user ??= body;
      tell("/topic/crowd", { type: "came" });
    },
    end({ user }) {
      for (let n = 0; n < times && user !== undefined; n += 1) tell("/topic/crowd", { type: "left" });
    },
  });

export const anonymousLeaves: Shape = {
  server: { path: "/crowd", transport: "native", receipts: "all" },
  profile: {
    topic: "/topic/crowd",
    identify: { destination: "/app/here", body: {} },
    notice: { join: { match: { "/type": "came" } }, leave: { match: { "/type": "left" } } },
    unidentified: "silent",
    heartbeatMs: 0,
    deadlines: { endedMs: 200 },
  },
  application: crowd(1),
  broken: [
    {
      what: "tells each leave twice",
      application: crowd(2),
      breaks: "LEAVE-NOT-TWICE",
    },
  ],
};
