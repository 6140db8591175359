import {
  disconnect,
  heardByAll,
  noFalseLeave,
  noLeaveTwice,
  othersStayConnected,
} from "../../harness/index.ts";
import type { FinishedCase } from "../../harness/run/runner.ts";
import type { Case } from "../../harness/scenario/scenario.ts";
import type { Stage } from "../../harness/stage/stage.ts";
import { leaving } from "./chat-run.ts";

const checks = {
  HEARS: [heardByAll("alice")],
  TWICE: [noLeaveTwice()],
  FALSE: [noFalseLeave()],
  STAYS: [othersStayConnected()],
};

/** Returns cases in which alice leaves and shared observers listen, if there are some. `before` runs before she leaves. */
export const watched = (
  count: number,
  before: (stage: Stage) => Promise<unknown> = () => Promise.resolve(),
): Case[] =>
  leaving("watched", {
    axes: { n: Array.from({ length: count }, (_, n) => String(n)) },
    checks,
    async run(stage) {
      await stage.observers.join();
      const alice = await stage.join("alice");
      await stage.observers.joinYounger();
      await before(stage);
      await stage.inject(disconnect(alice));
      await stage.settle();
    },
  });

/** Returns the failed requirements of a case. */
export const failedIn = ({ record }: FinishedCase): string[] =>
  record.verdicts.flatMap(({ kind, requirement }) => (kind === "fail" ? [requirement] : []));

/** Returns the different verdicts of a case. */
export const kindsIn = ({ record }: FinishedCase): string[] => [
  ...new Set(record.verdicts.map(({ kind }) => kind)),
];
