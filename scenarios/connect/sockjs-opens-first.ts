import { defineScenario, openedFirst } from "../../harness/index.ts";
import { transports } from "../grid.ts";
import { traitsOf } from "../../harness/profile/transports.ts";

export default defineScenario({
  title: "A SockJS session begins with its open frame",
  needs: ["sockjs"],
  axes: { transport: transports.filter((name) => traitsOf(name)?.family === "sockjs") },
  async run(stage) {
    const { transport } = stage.axes;
    const alice = await stage.connect("alice", { by: "raw", transport, raw: { until: "line" } });
    await alice.raw.write(alice.raw.handshake);
    await alice.until("the open frame");
    await stage.settle();
  },
  checks: { "SOCKJS-OPENS-FIRST": [openedFirst("alice")] },
});
