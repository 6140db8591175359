import { defineScenario, disconnectAndLinger, heardByAll } from "../harness/index.ts";
import type { Checks } from "../harness/judge/judged-case.ts";
import type { ScenarioDefinition } from "../harness/scenario/scenario.ts";
import { askedAlways } from "./always.ts";

interface Linger {
  readonly title: string;
  readonly receipt: boolean;
  readonly checks?: Checks;
}

/** Defines a scenario: alice sends DISCONNECT and leaves her connection open. */
export const defineLinger = ({ title, receipt, checks }: Linger): ScenarioDefinition =>
  defineScenario({
    title,
    async run(stage) {
      await stage.join("carol");
      await stage.join("bob");
      const alice = await stage.join("alice", { by: "raw" });
      await stage.inject(disconnectAndLinger(alice, { receipt }));
      await stage.settle();
    },
    checks: { "LEAVE-WITHIN-LINGER": [heardByAll("alice")], ...checks, ...askedAlways },
  });
