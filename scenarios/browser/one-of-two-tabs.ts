import { closeTab, defineScenario } from "../../harness/index.ts";
import { checksOf, endControl } from "../sessions-of-one-person.ts";

export default defineScenario({
  title: "A person who closes one of two tabs stays present in the other",
  needs: ["browser"],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const dave = await stage.join("dave", { by: "tab" });
    const first = await stage.join("first", { as: "alice", by: "tab" });
    const second = await stage.join("second", { as: "alice", by: "tab" });
    await endControl(stage, closeTab(dave));
    await stage.inject(closeTab(first));
    await stage.settle();
    await stage.inject(closeTab(second));
    await stage.settle();
  },
  checks: checksOf({ dave: "LEAVE-ON-PAGE-GONE" }, { first: "dave", second: "dave" }),
});
