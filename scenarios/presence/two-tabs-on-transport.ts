import { close, defineScenario } from "../../harness/index.ts";
import { transports } from "../grid.ts";
import { onTransport } from "../on-transport.ts";
import { checksOf, endControl } from "../sessions-of-one-person.ts";

export default defineScenario({
  title: "Two sessions of one person on one transport are told apart",
  axes: { transport: transports },
  needs: onTransport,
  async run(stage) {
    const on = { by: "raw", transport: stage.axes["transport"] } as const;
    await stage.join("carol");
    await stage.join("bob");
    const dave = await stage.join("dave", on);
    const desk = await stage.join("desk", { ...on, as: "alice" });
    const phone = await stage.join("phone", { ...on, as: "alice" });
    await endControl(stage, close(dave));
    await stage.inject(close(desk));
    await stage.settle();
    await stage.inject(close(phone));
    await stage.settle();
  },
  checks: checksOf({ dave: "LEAVE-ON-CLOSE" }, { desk: "dave", phone: "dave" }),
});
