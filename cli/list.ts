import { casesOf } from "../harness/scenario.ts";
import { scenarios } from "../scenarios/index.ts";
import { requirements } from "../scenarios/requirements.ts";

/** Prints every case with the requirements that it judges, and every requirement. */
export function list(asJson: boolean): void {
  const cases = scenarios.flatMap((scenario) =>
    casesOf(scenario).map(({ id, axes }) => ({
      id,
      title: scenario.title,
      axes,
      needs: scenario.needs ?? [],
      requirements: Object.keys(scenario.checks),
    })),
  );
  if (asJson) {
    console.log(JSON.stringify({ cases, requirements }, null, 2));
    return;
  }
  for (const one of cases) console.log(`${one.id}\n    ${one.title}\n    ${one.requirements.join(", ")}`);
  console.log();
  for (const { id, level, basis, text } of requirements)
    console.log(`${id} (${level}, ${basis})\n    ${text}`);
}
