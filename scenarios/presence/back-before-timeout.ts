import { blackhole, defineScenario, disconnect } from "../../harness/index.ts";
import { transports } from "../grid.ts";
import { onTransport } from "../on-transport.ts";
import { checksOf, endControl } from "../sessions-of-one-person.ts";

export default defineScenario({
  title: "A person who drops off the network and comes back stays present when the old session times out",
  axes: { transport: transports },
  needs: (axes) => [...onTransport(axes), "heartbeats"],
  async run(stage) {
    const on = { by: "raw", heartbeats: true, transport: stage.axes["transport"] } as const;
    await stage.join("carol");
    await stage.join("bob", { heartbeats: true });
    const [dave, erin] = [await stage.join("dave", on), await stage.join("erin", on)];
    const before = await stage.join("before", { ...on, as: "alice" });
    await endControl(stage, blackhole(dave));
    await stage.inject(blackhole(before));
    const after = await stage.join("after", { ...on, as: "alice" });
    // The old session times out, and the new one lives on.
    await stage.settle();
    await endControl(stage, disconnect(erin));
    await stage.inject(disconnect(after));
    await stage.settle();
  },
  checks: checksOf(
    { dave: "LEAVE-ON-SILENCE", erin: "LEAVE-ON-DISCONNECT" },
    { before: "dave", after: "erin" },
  ),
});
