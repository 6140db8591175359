import { caseOf, type Case } from "../../harness/scenario/scenario.ts";
import { scenarioOf } from "../index.ts";
import { interpret } from "./interpret.ts";
import type { Plan } from "./plan.ts";

/** Returns the case for this plan. */
export const caseOfPlan = (plan: Plan, id: string): Case => ({
  ...caseOf({ ...scenarioOf("properties/any-history"), run: (stage) => interpret(plan, stage) }),
  id,
});
