import { readFileSync } from "node:fs";
import { access, constants, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { HistoryEvent } from "../../harness/history/events/events.ts";
import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import type { FinishedCase } from "../../harness/run/runner.ts";
import type { RenderOptions } from "../../reports/reporter.ts";
import { packHistory, unpackHistory } from "../../reports/files/history-file.ts";
import { writeReplay } from "../../reports/files/replay-file.ts";
import { UsageError } from "../exit.ts";
import type { StoredReplay } from "../cases/explore.ts";
import { storedPath } from "../records/stored-files.ts";
import type { Reporters } from "./reporters.ts";
import { messageOf } from "../../harness/util/words.ts";

/**
 * Creates the report folder before the run.
 * @throws UsageError if that fails
 */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new UsageError(`--out ${folder}: ${messageOf(error)}`);
  }
}

/** Output of a run. */
export interface RunOutput {
  readonly record: RunRecord;
  readonly finished: readonly FinishedCase[];
  readonly replays?: readonly StoredReplay[];
}

/**
 * Writes all files of a run into `folder` and removes those of an earlier run.
 * @returns path of the HTML report; undefined if none is written
 */
export async function writeRun(
  folder: string,
  { record, finished, replays = [] }: RunOutput,
  reporters: Reporters,
): Promise<string | undefined> {
  const histories = join(folder, "histories");
  const stored = new Set(
    finished.flatMap(({ record: { id }, attempts }) => (attempts.length > 0 ? [id] : [])),
  );
  const named = {
    ...record,
    cases: record.cases.map((one) => (stored.has(one.id) ? { ...one, history: historyName(one.id) } : one)),
  };
  try {
    await rm(histories, { recursive: true, force: true });
    await mkdir(histories, { recursive: true });
    await rm(join(folder, "replays"), { recursive: true, force: true });
    for (const { file, content } of replays) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), writeReplay(content));
    }
    for (const { record: one, attempts } of finished) {
      if (attempts.length === 0) continue;
      const packed = packHistory({
        schemaVersion: 1,
        case: one.id,
        profile: record.target.profile,
        attempts,
      });
      await writeFile(join(folder, historyName(one.id)), packed);
    }
  } catch (error) {
    throw new UsageError(`--out ${folder}: ${messageOf(error)}`);
  }
  const timelines = new Map(finished.map(({ record: { id }, attempts }) => [id, attempts.at(-1)?.events]));
  return writeRecord(folder, named, reporters, ({ id }) => timelines.get(id));
}

/**
 * Writes a record and its reports into `folder`, over those of another record.
 * @param timelineOf returns the events of a case; by default those of the stored history
 * @returns path of the HTML report; undefined if none is written
 */
export async function writeRecord(
  folder: string,
  record: RunRecord,
  { files }: Reporters,
  timelineOf: RenderOptions["timelineOf"] = storedTimelines(folder),
): Promise<string | undefined> {
  try {
    await writeFile(join(folder, "report.json"), `${JSON.stringify(record, null, 2)}\n`);
    for (const [file, render] of Object.entries(files)) {
      if (render === undefined) await rm(join(folder, file), { force: true });
      else await writeFile(join(folder, file), render(record, { timelineOf }));
    }
  } catch (error) {
    throw new UsageError(`--out ${folder}: ${messageOf(error)}`);
  }
  return files["report.html"] === undefined ? undefined : join(folder, "report.html");
}

/** Returns a reader of the stored histories: the events of the last attempt, or undefined if the file cannot be read. */
const storedTimelines =
  (folder: string) =>
  ({ id, history }: CaseRecord): readonly HistoryEvent[] | undefined => {
    if (history === undefined) return undefined;
    try {
      const path = storedPath(folder, id, "history", history);
      return unpackHistory(readFileSync(path), path).attempts.at(-1)?.events;
    } catch {
      return undefined;
    }
  };

/** Case ids contain slashes and brackets, which file names should not have. */
const historyName = (id: string): string =>
  `histories/${id.replaceAll(/[^a-z0-9=]+/gi, "-").replace(/-$/, "")}.json.gz`;
