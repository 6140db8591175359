import type { Actor } from "../harness/actor.ts";
import type { Check } from "../harness/check.ts";
import type { Fault } from "../harness/faults/fault.ts";
import { defineScenario, heardByAll, joinBeforeLeave, leftInsideWindow } from "../harness/index.ts";
import type { Need, Scenario } from "../harness/scenario.ts";
import type { JoinOptions } from "../harness/stage.ts";
import { askedAlways } from "./always.ts";

/** The value that each axis has in one case. */
type Axes = Readonly<Record<string, string>>;

/** What one way of leaving has of its own. */
interface Ending {
  readonly id: string;
  readonly title: string;
  readonly needs?: readonly Need[];
  /** Each combination of their values becomes a case. */
  readonly axes?: Readonly<Record<string, readonly string[]>>;
  /** How the one who leaves joins. */
  readonly join?: JoinOptions | ((axes: Axes) => JoinOptions);
  readonly fault: (actor: Actor, axes: Axes) => Fault;
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
      const options = typeof join === "function" ? join(stage.axes) : join;
      await stage.join("carol");
      // Where alice's heartbeats are missed, bob's must not be.
      await stage.join("bob", { heartbeats: options.heartbeats ?? false });
      const alice = await stage.join("alice", options);
      await stage.inject(fault(alice, stage.axes));
      await stage.settle();
    },
    checks: {
      [requirement]: [heardByAll("alice")],
      ...checks,
      "LEAVE-IN-TIME": [leftInsideWindow("alice")],
      ...askedAlways,
      "JOIN-BEFORE-LEAVE": [joinBeforeLeave("alice")],
    },
  });
}
