import type { RunRecord } from "../../harness/judge/record.ts";
import { casesOf } from "../../reports/read/record-queries.ts";
import { countOf } from "../../reports/words/text.ts";
import { UsageError } from "../exit.ts";
import { isFile } from "../records/stored-files.ts";
import { readRecord, recordFile } from "../records/read-record.ts";

/** Cases to run again, from the record of an earlier run. */
export interface LastFailed {
  readonly ids: ReadonlySet<string>;
  /** Seed of that run, which draws the same random histories again. */
  readonly seed: number;
  /** Sentence that says what is selected. */
  readonly words: string;
}

/**
 * Reads the cases that failed or were inconclusive in the last run that is recorded in a folder.
 * @throws UsageError if there is no record, or if no such case is in it
 */
export async function lastFailed(folder: string): Promise<LastFailed> {
  const file = await recordFile(folder);
  if (!(await isFile(file)))
    throw new UsageError(
      `--failed: ${folder} holds no report.json of an earlier run. Run without --failed first, or name that run's folder with --out.`,
    );
  const record = await readRecord(file);
  const failed = casesOf(record, "fail");
  const open = casesOf(record, "inconclusive");
  if (failed.length + open.length === 0)
    throw new UsageError(
      `--failed: no case failed or was inconclusive in the run of ${startOf(record)}, recorded in ${file}. Run without --failed.`,
    );
  const counts = [
    ...(failed.length === 0 ? [] : [`${countOf(failed.length, "case")} that failed`]),
    ...(open.length === 0
      ? []
      : [`${countOf(open.length, "case")} that ${open.length === 1 ? "was" : "were"} inconclusive`]),
  ].join(" and ");
  return {
    ids: new Set([...failed, ...open].map(({ id }) => id)),
    seed: record.seed,
    words: `--failed selects ${counts} in the run of ${startOf(record)} on ${record.target.url}.`,
  };
}

/** Returns the start of a run: `2026-11-30 10:02 UTC`. */
const startOf = ({ startedAt }: RunRecord): string => `${startedAt.slice(0, 16).replace("T", " ")} UTC`;
