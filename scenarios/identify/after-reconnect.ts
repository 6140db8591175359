import {
  close,
  defineScenario,
  disconnect,
  noFalseLeave,
  nobodyAgain,
  othersStayConnected,
} from "../../harness/index.ts";
import { reconnectByHand } from "../by-hand.ts";
import { transports } from "../grid.ts";
import { onTransport } from "../on-transport.ts";

const ids = ["the-same", "another"] as const;

export default defineScenario({
  title: "A client that reconnects is nobody until it identifies",
  axes: { transport: transports, "session-id": ids },
  impossible: (axes) =>
    axes["transport"] === "native" && axes["session-id"] === "the-same"
      ? "a native WebSocket has no session id"
      : undefined,
  needs: (axes) => [
    "identify-message",
    // If notices name session ids, a later notice may name the same id again.
    ...(axes["session-id"] === "the-same" ? (["named-clients"] as const) : []),
    ...onTransport(axes),
  ],
  async run(stage) {
    const { transport } = stage.axes;
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice", { by: "raw", transport });
    const sessionId = alice.session.id;
    await stage.inject(disconnect(alice));
    await stage.settle();
    const again = stage.axes["session-id"] === "the-same" && sessionId !== null ? { sessionId } : {};
    if (await reconnectByHand(alice, { transport, raw: again })) {
      await alice.subscribe();
      await stage.inject(close(alice));
    }
    await stage.settle();
  },
  checks: (axes) => ({
    "RECONNECT-IDENTIFIES-ANEW": [nobodyAgain("alice")],
    "UNIDENTIFIED-ENDS-UNNAMED": [noFalseLeave()],
    // A target may refuse a recently used session id.
    "OTHERS-STAY-CONNECTED": [
      axes["session-id"] === "the-same" ? othersStayConnected("alice") : othersStayConnected(),
    ],
  }),
});
