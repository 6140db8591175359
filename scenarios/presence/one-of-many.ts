import { randomInt } from "node:crypto";
import { defineScenario, fin, heardByAll, livesOn, othersStayConnected } from "../../harness/index.ts";

/** Returns ids that need a full, case-sensitive comparison. A server may keep an id for a while, so each attempt has its own. */
function similarIds() {
  const alice = `lookalike${randomInt(1e8, 1e9)}`;
  return { alice, longer: `${alice}2`, shorter: alice.slice(0, -1), upper: alice.toUpperCase() };
}

export default defineScenario({
  title: "The end of one session is not announced as the end of another with a similar id",
  needs: ["sockjs"],
  async run(stage) {
    await stage.join("carol");
    const ids = similarIds();
    const join = (name: keyof typeof ids) => stage.join(name, { by: "raw", raw: { sessionId: ids[name] } });
    await join("longer");
    await join("shorter");
    const alice = await join("alice");
    await join("upper");
    await stage.inject(fin(alice));
    await stage.settle();
  },
  checks: {
    "NO-FALSE-LEAVE": [livesOn("longer"), livesOn("shorter"), livesOn("upper")],
    "LEAVE-ON-LOST-CONNECTION": [heardByAll("alice")],
    "OTHERS-STAY-CONNECTED": [othersStayConnected()],
  },
});
