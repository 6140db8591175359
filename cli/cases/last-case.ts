import { caseOf } from "../../harness/scenario/scenario.ts";
import { scenarioOf } from "../../scenarios/index.ts";

/** Case that runs after all others. It shows the target's deaths that no other case repeats. */
export const lastCase = caseOf(scenarioOf("presence/target-survives"));
