import type { Actor } from "../harness/stage/actor.ts";
import type { Fault, MakeFault } from "../harness/stage/faults/fault.ts";
import {
  defineScenario,
  disconnect,
  heardByAll,
  joinBeforeLeave,
  leftInsideWindow,
  livesOn,
} from "../harness/index.ts";
import type { Need, ScenarioDefinition } from "../harness/scenario/scenario.ts";
import type { JoinOptions } from "../harness/stage/stage.ts";
import { askedAlways } from "./always.ts";

/** What one disturbance has of its own. */
interface Disturbance {
  readonly title: string;
  readonly needs?: readonly Need[];
  readonly axes?: Readonly<Record<string, readonly string[]>>;
  /** How the one who is disturbed joins. */
  readonly join?: JoinOptions;
  readonly fault: (actor: Actor, axes: Readonly<Record<string, string>>) => Fault;
  /** Whether its heartbeats come late by it, which the target has to allow for. */
  readonly late?: boolean;
  /** How it leaves at last, and what asks for that to be announced; by DISCONNECT when left out. */
  readonly end?: { readonly fault: MakeFault; readonly requirement: string };
}

const byDisconnect = { fault: disconnect, requirement: "LEAVE-ON-DISCONNECT" };

/**
 * Somebody is disturbed and has to live: nobody hears of a leave, neither meanwhile nor for as long after it as any
 * mechanism might take to produce one. Then it leaves, which has to be heard.
 */
export function defineDisturbance({
  fault,
  join = {},
  needs = [],
  late = true,
  end = byDisconnect,
  ...rest
}: Disturbance): ScenarioDefinition {
  return defineScenario({
    ...rest,
    needs: ["heartbeats", ...needs],
    async run(stage) {
      await stage.join("carol");
      await stage.join("bob", { heartbeats: true });
      const alice = await stage.join("alice", { heartbeats: true, ...join });
      const disturbance = fault(alice, stage.axes);
      await stage.inject(disturbance);
      if (disturbance.heal !== undefined) await stage.heal(disturbance);
      await stage.settle();
      if (alice.isOpen) await stage.inject(end.fault(alice));
      await stage.settle();
    },
    checks: {
      ...(late ? { "HEARTBEAT-MARGIN": [livesOn("alice")] } : {}),
      [end.requirement]: [heardByAll("alice")],
      "LEAVE-IN-TIME": [leftInsideWindow("alice")],
      ...askedAlways,
      "JOIN-BEFORE-LEAVE": [joinBeforeLeave("alice")],
    },
  });
}
