import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { RunRecord } from "../../harness/judge/record.ts";
import { parseRecord } from "../../reports/files/record-file.ts";
import { UsageError } from "../exit.ts";
import { messageOf } from "../../harness/util/words.ts";

/**
 * Reads the record of a run from its file or its folder.
 * @throws UsageError if it is not a run record
 */
export async function readRecord(path: string): Promise<RunRecord> {
  const file = await recordFile(path);
  return orUsageError(async () => parseRecord(await readFile(file, "utf8"), file));
}

/** Returns the path of the record in a folder, or the path itself if it is a file. */
export const recordFile = async (path: string): Promise<string> =>
  (await isFolder(path)) ? join(path, "report.json") : path;

/** Runs a function that reads a file named by the caller. Its errors become usage errors. */
export async function orUsageError<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

const isFolder = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
