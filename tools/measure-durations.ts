/** Updates the expected durations from a full run on the reference server: `npm run durations -- REPORT.json`. */
import { readFile, writeFile } from "node:fs/promises";
import { groupBy } from "../reports/read/record-queries.ts";
import { parseRecord } from "../reports/files/record-file.ts";

const [file = "hangup-report/report.json"] = process.argv.slice(2);
const { cases } = parseRecord(await readFile(file, "utf8"), file);
const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const durations = [...groupBy(cases, ({ scenario }) => scenario)]
  .map(([scenario, own]) => [scenario, Math.round(median(own.map(({ durationMs }) => durationMs)))] as const)
  .toSorted(([a], [b]) => (a < b ? -1 : 1));
await writeFile(
  new URL("../cli/shards/expected-durations.ts", import.meta.url),
  [
    "/** Duration of one case of each scenario on the reference server, in milliseconds. `npm run durations` writes this file. */",
    "export const expectedMs: Readonly<Record<string, number>> = {",
    ...durations.map(([scenario, ms]) => `  ${JSON.stringify(scenario)}: ${ms},`),
    "};",
    "",
  ].join("\n"),
);
