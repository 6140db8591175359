import type { Actor } from "../harness/actor.ts";
import type { Fault } from "../harness/faults/fault.ts";
import {
  defineScenario,
  disconnect,
  heardByAll,
  joinBeforeLeave,
  leftInsideWindow,
  noFalseLeave,
  noLeaveTwice,
  othersStayConnected,
} from "../harness/index.ts";
import type { Need, Scenario } from "../harness/scenario.ts";
import type { JoinOptions } from "../harness/stage.ts";

/** What one disturbance has of its own. */
interface Disturbance {
  readonly id: string;
  readonly title: string;
  readonly needs?: readonly Need[];
  readonly axes?: Readonly<Record<string, readonly string[]>>;
  /** How the one who is disturbed joins. */
  readonly join?: JoinOptions;
  readonly fault: (actor: Actor, axes: Readonly<Record<string, string>>) => Fault;
}

/**
 * Somebody is disturbed and has to live: nobody hears of a leave for as long as any mechanism might take to produce one.
 * Then the disturbance is over, and a leave by the book has to be heard.
 */
export function defineDisturbance({ fault, join = {}, needs = [], ...rest }: Disturbance): Scenario {
  return defineScenario({
    ...rest,
    needs: ["heartbeats", ...needs],
    async run(stage) {
      await stage.join("carol");
      await stage.join("bob", { heartbeats: true });
      const alice = await stage.join("alice", { heartbeats: true, ...join });
      const disturbance = fault(alice, stage.axes);
      await stage.inject(disturbance);
      await stage.settle();
      disturbance.heal?.();
      await stage.inject(disconnect(alice));
      await stage.settle();
    },
    checks: {
      "NO-FALSE-LEAVE": [noFalseLeave()],
      "OTHERS-STAY-CONNECTED": [othersStayConnected()],
      "LEAVE-ON-DISCONNECT": [heardByAll("alice")],
      "LEAVE-IN-TIME": [leftInsideWindow("alice")],
      "LEAVE-NOT-TWICE": [noLeaveTwice()],
      "JOIN-BEFORE-LEAVE": [joinBeforeLeave("alice")],
    },
  });
}
