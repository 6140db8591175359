import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { RunRecord } from "../../harness/judge/record.ts";
import { parseRecord } from "../../reports/files/record-file.ts";
import { UsageError } from "../exit.ts";

/**
 * Reads a run's record: the file, or the folder that it is in.
 * @throws UsageError for what is none
 */
export async function readRecord(path: string): Promise<RunRecord> {
  const file = await recordFile(path);
  return asked(async () => parseRecord(await readFile(file, "utf8"), file));
}

/** The record's file, where a folder may be named. */
export const recordFile = async (path: string): Promise<string> =>
  (await isFolder(path)) ? join(path, "report.json") : path;

/** What a file that the caller named can't give is the caller's to mend. */
export async function asked<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const isFolder = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
