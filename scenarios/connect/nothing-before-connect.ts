import {
  close,
  defineScenario,
  noFalseLeave,
  onlyIdentifiedCome,
  othersStayConnected,
  sendBeforeConnect,
  servedNothing,
} from "../../harness/index.ts";
import { byMessage } from "../../harness/profile/profile.ts";

const frames = ["SEND", "SUBSCRIBE"] as const;

export default defineScenario({
  title: "Frames before CONNECT have no effect",
  axes: { frame: frames },
  needs: ({ frame }) => ["websocket", ...(frame === "SEND" ? (["identify-message"] as const) : [])],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.connect("alice", { by: "raw", raw: { until: "opened" } });
    await stage.inject(sendBeforeConnect(alice, stage.axes["frame"] === "SEND" ? "SEND" : "SUBSCRIBE"));
    // If CONNECT identifies clients, this client would be known from here on.
    if (alice.session.isOpen && byMessage(stage.profile)) {
      await alice.raw.stomp(alice.raw.connectFrame()).catch(() => undefined);
      await alice.until("an answer to CONNECT");
    }
    // A subscriber would receive this join.
    await stage.join("dave");
    await stage.settle();
    if (alice.session.isOpen) await stage.inject(close(alice));
    await stage.settle();
  },
  checks: {
    "NOTHING-BEFORE-CONNECT": [onlyIdentifiedCome(), servedNothing("alice"), noFalseLeave()],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
  },
});
