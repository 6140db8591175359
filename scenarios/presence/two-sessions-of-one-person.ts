import type { Actor } from "../../harness/stage/actor.ts";
import { blackhole, close, defineScenario, disconnect, fin, kill, rst } from "../../harness/index.ts";
import type { Fault } from "../../harness/stage/faults/fault.ts";
import type { Axes } from "../../harness/judge/judged-case.ts";
import type { Need } from "../../harness/scenario/scenario.ts";
import type { JoinOptions } from "../../harness/stage/actor/actor-options.ts";
import { checksOf, endControl } from "../sessions-of-one-person.ts";

interface End {
  readonly fault: (actor: Actor) => Fault;
  readonly requirement: string;
  readonly join?: Pick<JoinOptions, "by" | "heartbeats">;
  readonly needs?: readonly Need[];
}

const byDisconnect: End = { fault: disconnect, requirement: "LEAVE-ON-DISCONNECT" };

const ends: Readonly<Record<string, End>> = {
  disconnect: byDisconnect,
  close: { fault: close, requirement: "LEAVE-ON-CLOSE" },
  fin: { fault: fin, requirement: "LEAVE-ON-LOST-CONNECTION" },
  rst: { fault: rst, requirement: "LEAVE-ON-LOST-CONNECTION" },
  killed: {
    fault: kill,
    requirement: "LEAVE-ON-LOST-CONNECTION",
    join: { by: "process" },
    needs: ["signals"],
  },
  silence: {
    fault: blackhole,
    requirement: "LEAVE-ON-SILENCE",
    join: { heartbeats: true },
    needs: ["heartbeats"],
  },
};

/** Which of the two sessions ends first. The desk's began first. */
const orders = ["older-first", "newer-first", "at-once"] as const;

const endIn = ({ end = "" }: Axes): End => ends[end] ?? byDisconnect;

export default defineScenario({
  title: "Two sessions of one person are announced by the declared policy, whichever ends first",
  axes: { end: Object.keys(ends), order: orders },
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
