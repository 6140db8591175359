import { blackhole, defineScenario, disconnect } from "../../harness/index.ts";
import { transports } from "../grid.ts";
import { onTransport } from "../on-transport.ts";
import { checksOf, control } from "../sessions-of-one-person.ts";

export default defineScenario({
  title: "A person who drops off the network and comes back stays present when the old session times out",
  axes: { transport: transports },
  needs: (axes) => [...onTransport(axes), "heartbeats"],
  async run(stage) {
    const on = { by: "raw", heartbeats: true, transport: stage.axes["transport"] } as const;
    await stage.join("carol");
    await stage.join("bob", { heartbeats: true });
    const alone = await stage.join(control, on);
    const before = await stage.join("before", { ...on, as: "alice" });
    await Promise.all([alone, before].map((actor) => stage.inject(blackhole(actor))));
    const after = await stage.join("after", { ...on, as: "alice" });
    // The old session times out, and the new one lives on.
    await stage.settle();
    await stage.inject(disconnect(after));
    await stage.settle();
  },
  checks: checksOf(["before", "after"], "LEAVE-ON-SILENCE"),
});
