import { readFile, writeFile } from "node:fs/promises";
import * as z from "zod";
import { UsageError } from "../exit.ts";

const text = z.string().min(1);

const entry = z.strictObject({
  /** Id of the failing requirement. */
  requirement: text,
  /** Cases in which the requirement may fail: a case id, in which `*` matches any text. */
  cases: text,
  /** Reason for accepting the failure. */
  reason: text,
  /** Person or team that will fix it. */
  owner: text,
  /** First day on which the failure is no longer accepted. */
  expires: z.iso.date(),
  /** Accepted share of failing runs of a flaky case. Without it, an entry is obsolete once all its cases pass. */
  maxRate: z.number().gt(0).lt(1).exactOptional(),
});

const baseline = z.strictObject({ schemaVersion: z.literal(1), entries: z.array(entry) });

/** Known failure that is accepted for some time. */
export type BaselineEntry = Readonly<z.infer<typeof entry>>;

/** List of known failures, kept under version control. */
export interface Baseline {
  readonly entries: readonly BaselineEntry[];
}

/**
 * Reads a baseline file.
 * @returns undefined if the file does not exist
 * @throws UsageError with every mistake in the file
 */
export async function readBaseline(file: string): Promise<Baseline | undefined> {
  let json: string;
  try {
    json = await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new UsageError(`--baseline ${file}: ${String(error)}`);
  }
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch (error) {
    throw new UsageError(`--baseline ${file}: not JSON: ${String(error)}`);
  }
  const parsed = baseline.safeParse(content);
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.map(
    ({ path, message }) => `  ${path.map(String).join(".") || "file"}: ${message}`,
  );
  throw new UsageError([`--baseline ${file} is not a baseline:`, ...complaints].join("\n"));
}

/** @throws UsageError if the file can't be written */
export async function writeBaseline(file: string, { entries }: Baseline): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify({ schemaVersion: 1, entries }, null, 2)}\n`);
  } catch (error) {
    throw new UsageError(`--baseline ${file}: ${String(error)}`);
  }
}
