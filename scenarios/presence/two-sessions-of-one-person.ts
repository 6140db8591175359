import { defineScenario, disconnect } from "../../harness/index.ts";
import { checksOf, endControl, endIn, endNames } from "../sessions-of-one-person.ts";

/** Which of the two sessions ends first. The desk's began first. */
const orders = ["older-first", "newer-first", "at-once"] as const;

export default defineScenario({
  title: "Two sessions of one person are announced by the declared policy, whichever ends first",
  axes: { end: endNames, order: orders },
  needs: (axes) => endIn(axes).needs ?? [],
  async run(stage) {
    const { fault, join } = endIn(stage.axes);
    await stage.join("carol");
    await stage.join("bob", { heartbeats: join?.heartbeats ?? false });
    const dave = await stage.join("dave", join);
    const desk = await stage.join("desk", { ...join, as: "alice" });
    const phone = await stage.join("phone", { ...join, as: "alice" });
    const order = stage.axes["order"];
    const [first, second] = order === "newer-first" ? [phone, desk] : [desk, phone];
    await endControl(stage, fault(dave));
    const leaving = order === "at-once" ? [first, second] : [first];
    await Promise.all(leaving.map((actor) => stage.inject(fault(actor))));
    await stage.settle();
    if (order !== "at-once") {
      await stage.inject(fault(second));
      await stage.settle();
    }
    // A count of sessions that has drifted shows in the person's next life.
    await endControl(stage, disconnect(await stage.join("erin")));
    const home = await stage.join("home", { as: "alice" });
    await stage.inject(disconnect(home));
    await stage.settle();
  },
  checks: (axes) =>
    checksOf(
      { dave: endIn(axes).requirement, erin: "LEAVE-ON-DISCONNECT" },
      { desk: "dave", phone: "dave", home: "erin" },
    ),
});
