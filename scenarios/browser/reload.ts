import {
  closeTab,
  defineScenario,
  heardByAll,
  leftInsideWindow,
  noFalseLeave,
  reload,
} from "../../harness/index.ts";
import { askedAlways } from "../always.ts";

export default defineScenario({
  title: "A page that reloads leaves once and stays present in its new session",
  needs: ["browser"],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice", { by: "tab" });
    await stage.inject(reload(alice));
    await stage.untilKnown(alice);
    await stage.settle();
    await stage.inject(closeTab(alice));
    await stage.settle();
  },
  checks: {
    "LEAVE-ON-PAGE-GONE": [heardByAll("alice")],
    "LEAVE-IN-TIME": [leftInsideWindow("alice")],
    ...askedAlways,
    "RELOAD-KEEPS-NEW-SESSION": [heardByAll("alice"), noFalseLeave()],
  },
});
