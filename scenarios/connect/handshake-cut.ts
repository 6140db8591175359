import { cutHandshake, defineScenario, noFalseLeave, othersStayConnected } from "../../harness/index.ts";

const places = ["request", "answer"] as const;

export default defineScenario({
  title: "A connection that ends in the middle of its handshake produces no notice",
  needs: ["websocket"],
  axes: { at: places },
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.connect("alice", { by: "raw", raw: { until: "line" } });
    const cut = stage.inject(cutHandshake(alice, { at: places.find((place) => place === stage.axes["at"]) }));
    await alice.raw.write(alice.raw.handshake);
    await cut;
    await stage.settle();
  },
  checks: {
    "NO-FALSE-LEAVE": [noFalseLeave()],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
  },
});
