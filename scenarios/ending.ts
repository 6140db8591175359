import type { Check } from "../harness/check.ts";
import type { MakeFault } from "../harness/faults/fault.ts";
import {
  defineScenario,
  heardByAll,
  joinBeforeLeave,
  leftInsideWindow,
  noFalseLeave,
  noLeaveTwice,
  othersStayConnected,
} from "../harness/index.ts";
import type { Need, Scenario } from "../harness/scenario.ts";
import type { JoinOptions } from "../harness/stage.ts";

/** What one way of leaving has of its own. */
interface Ending {
  readonly id: string;
  readonly title: string;
  readonly needs?: readonly Need[];
  /** How the one who leaves joins. */
  readonly join?: JoinOptions;
  readonly fault: MakeFault;
  /** That such an end is announced at all. */
  readonly requirement: string;
  /** What else this way of leaving asks. */
  readonly checks?: Readonly<Record<string, readonly Check[]>>;
}

/** Somebody leaves, two others listen: the same flow, and the same questions, for every cause of leaving. */
export function defineEnding({ fault, join = {}, requirement, checks, ...rest }: Ending): Scenario {
  return defineScenario({
    ...rest,
    async run(stage) {
      await stage.join("carol");
      // Where alice's heartbeats are missed, bob's must not be.
      await stage.join("bob", { heartbeats: join.heartbeats ?? false });
      const alice = await stage.join("alice", join);
      await stage.inject(fault(alice));
      await stage.settle();
    },
    checks: {
      [requirement]: [heardByAll("alice")],
      ...checks,
      "LEAVE-IN-TIME": [leftInsideWindow("alice")],
      "LEAVE-NOT-TWICE": [noLeaveTwice()],
      "NO-FALSE-LEAVE": [noFalseLeave()],
      "OTHERS-STAY-CONNECTED": [othersStayConnected()],
      "JOIN-BEFORE-LEAVE": [joinBeforeLeave("alice")],
    },
  });
}
