import { backInTime, defineScenario, fin, noFalseLeave } from "../../harness/index.ts";
import { askedAlways } from "../always.ts";

export default defineScenario({
  title: "A client that comes back at once is not reported gone",
  needs: ["grace"],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const before = await stage.join("before", { as: "alice" });
    await stage.inject(fin(before));
    // A subscription may take longer than the grace period.
    await stage.join("after", { as: "alice", subscribes: false });
    await stage.settle();
  },
  expects: [backInTime()],
  checks: { "BACK-WITHIN-GRACE": [noFalseLeave()], ...askedAlways },
});
