import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { differencesBetween } from "../../reports/comparison/target.ts";
import { renderComparison } from "../../reports/comparison/comparison.tsx";
import { differencesTitle } from "../../reports/read/run-differences.ts";
import { exitCodes, UsageError } from "../exit.ts";
import { readRecord } from "./read-record.ts";
import { textAfter } from "../output/terminal-width.ts";
import { prepareFolder } from "../output/write-reports.ts";
import { messageOf } from "../../harness/util/words.ts";

export interface CompareArguments {
  readonly out: string;
}

/**
 * Carries out `hangup compare`: writes one report on several targets.
 * @returns always 0, because each target's own run has its own exit code
 * @throws UsageError for files that are not run records
 */
export async function compare(paths: readonly string[], { out }: CompareArguments): Promise<number> {
  if (paths.length < 2) throw new UsageError("compare: pass the records of at least two targets");
  const records = [];
  for (const path of paths) {
    const record = await readRecord(path);
    records.push({ name: record.target.name, record });
  }
  await prepareFolder(dirname(out));
  try {
    await writeFile(out, renderComparison(records));
  } catch (error) {
    throw new UsageError(`--out ${out}: ${messageOf(error)}`);
  }
  const differences = differencesBetween(records);
  if (differences.length > 0) {
    const lines = differences.map(({ what, values }) => textAfter("  ", `${what}: ${values}`));
    console.log([differencesTitle, ...lines, ""].join("\n"));
  }
  console.log(`Report: ${out}`);
  return exitCodes.conformant;
}
