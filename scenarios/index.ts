import type { Scenario } from "../harness/scenario/scenario.ts";
import { files } from "./index.generated.ts";

const byId = new Map<string, Scenario>(
  Object.entries(files).map(([id, definition]) => [id, { ...definition, id }]),
);

/** Every scenario, by folder and file. A file is found by its place: run `npm run lists`. */
export const scenarios: readonly Scenario[] = [...byId.values()];

/**
 * Returns the scenario of a file, such as `leave/fin`.
 * @throws Error for a file without a scenario
 */
export function scenarioOf(id: string): Scenario {
  const scenario = byId.get(id);
  if (scenario === undefined) throw new Error(`there is no scenario ${id}`);
  return scenario;
}
