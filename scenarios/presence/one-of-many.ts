import { defineScenario, fin, heardByAll, livesOn, othersStayConnected } from "../../harness/index.ts";

/** Names that need a full, case-sensitive comparison. */
const ids = { alice: "lookalike", longer: "lookalike2", shorter: "lookalik", upper: "LOOKALIKE" } as const;

export default defineScenario({
  title: "The end of one session is not announced as the end of another with a similar id",
  needs: ["sockjs"],
  async run(stage) {
    await stage.join("carol");
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
