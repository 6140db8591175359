import type { Scenario } from "../harness/scenario/scenario.ts";
import { files } from "./index.generated.ts";

const all: Scenario[] = Object.entries(files).map(([id, definition]) => ({ ...definition, id }));
const builtIn = all.length;

/**
 * Every scenario: hangup's own by folder and file, then those of the user's config. A file is found by its place: run
 * `npm run lists`.
 */
export const scenarios: readonly Scenario[] = all;

/** Replaces the scenarios of the user's config. */
export function setOwnScenarios(own: readonly Scenario[]): void {
  all.splice(builtIn, all.length, ...own);
}

/**
 * Returns the scenario of a file, such as `leave/fin`.
 * @throws Error for a file without a scenario
 */
export function scenarioOf(id: string): Scenario {
  const scenario = all.find((one) => one.id === id);
  if (scenario === undefined) throw new Error(`there is no scenario ${id}`);
  return scenario;
}
