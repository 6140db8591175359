import { copyFile, mkdir, stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { UsageError } from "../exit.ts";
import { orUsageError } from "./read-record.ts";

/** File that a case stored beside the record: its name in the record, and its path. */
export interface StoredFile {
  readonly name: string;
  readonly path: string;
}

/**
 * Returns the path of a file that a record names.
 * @throws UsageError for a file outside the record's folder
 */
export function storedPath(folder: string, id: string, what: string, name: string): string {
  const path = resolve(folder, name);
  if (relative(resolve(folder), path).startsWith(".."))
    throw new UsageError(`${id}: its ${what} "${name}" is outside the record's folder`);
  return path;
}

/**
 * Lists the histories and replays of these cases.
 * @throws UsageError for a file outside the record's folder
 */
export const storedFiles = (cases: readonly CaseRecord[], folder: string): StoredFile[] =>
  cases.flatMap(({ id, history, replay }) =>
    Object.entries({ history, replay }).flatMap(([what, name]) =>
      name === undefined ? [] : { name, path: storedPath(folder, id, what, name) },
    ),
  );

/**
 * Copies stored files to their place beside a record in `out`.
 * @returns number of missing files
 * @throws UsageError if a file can't be copied
 */
export async function copyStored(files: readonly StoredFile[], out: string): Promise<number> {
  let missing = 0;
  for (const { name, path } of files) {
    if (!(await isFile(path))) {
      missing += 1;
      continue;
    }
    const to = join(out, name);
    await orUsageError(async () => {
      await mkdir(dirname(to), { recursive: true });
      await copyFile(path, to);
    });
  }
  return missing;
}

/** Returns true if the path is a file that exists. */
export const isFile = (path: string) =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
