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
import type { JoinOptions } from "../harness/stage/actor/actor-options.ts";
import { askedAlways } from "./always.ts";

/** Properties of one disturbance. */
interface Disturbance {
  readonly title: string;
  readonly needs?: readonly Need[];
  readonly axes?: Readonly<Record<string, readonly string[]>>;
  /** Options of alice's join. */
  readonly join?: JoinOptions;
  readonly fault: (actor: Actor, axes: Readonly<Record<string, string>>) => Fault;
  /** True if the fault delays alice's heartbeats, within the margin that the target must allow. */
  readonly late?: boolean;
  /** Fault that finally ends alice's session, with the requirement for this end. DISCONNECT by default. */
  readonly end?: { readonly fault: MakeFault; readonly requirement: string };
}

const byDisconnect = { fault: disconnect, requirement: "LEAVE-ON-DISCONNECT" };

/**
 * Defines a scenario with a disturbance of alice, who must stay present. The others must receive no leave during the
 * disturbance, nor until the slowest mechanism would have produced one. Then alice leaves, and the others must receive the
 * leave.
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
      if (alice.session.isOpen) await stage.inject(end.fault(alice));
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
