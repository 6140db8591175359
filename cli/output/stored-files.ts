import { copyFile, mkdir, stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { UsageError } from "../exit.ts";
import { asked } from "./read-record.ts";

/** A file that a case has stored beside its record: as the record names it, and where it is. */
export interface StoredFile {
  readonly name: string;
  readonly path: string;
}

/**
 * Where a file is that a record names.
 * @throws UsageError for one outside the record's folder
 */
export function storedPath(folder: string, id: string, what: string, name: string): string {
  const path = resolve(folder, name);
  if (relative(resolve(folder), path).startsWith(".."))
    throw new UsageError(`${id}: its ${what} "${name}" is outside the record's folder`);
  return path;
}

/**
 * The histories and replays of these cases.
 * @throws UsageError for one outside the record's folder
 */
export const storedFiles = (cases: readonly CaseRecord[], folder: string): StoredFile[] =>
  cases.flatMap(({ id, history, replay }) =>
    Object.entries({ history, replay }).flatMap(([what, name]) =>
      name === undefined ? [] : { name, path: storedPath(folder, id, what, name) },
    ),
  );

/**
 * Copies such files to where a record in `out` names them.
 * @returns how many of them were not there
 * @throws UsageError for one that can't be copied
 */
export async function copyStored(files: readonly StoredFile[], out: string): Promise<number> {
  let missing = 0;
  for (const { name, path } of files) {
    if (!(await isFile(path))) {
      missing += 1;
      continue;
    }
    const to = join(out, name);
    await asked(async () => {
      await mkdir(dirname(to), { recursive: true });
      await copyFile(path, to);
    });
  }
  return missing;
}

/** Whether there is such a file; false as well for a folder, and for what can't be looked at. */
export const isFile = (path: string) =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
