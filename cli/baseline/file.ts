import { readFile, writeFile } from "node:fs/promises";
import * as z from "zod";
import { UsageError } from "../exit.ts";

const text = z.string().min(1);
const count = z.int().min(0);

const entry = z
  .strictObject({
    /** Id of the requirement that is not met. */
    requirement: text,
    /** Cases in which the verdict is accepted: a case id, in which `*` matches any text. */
    cases: text,
    /** Accepted verdict. Without it, a failure. */
    accepts: z.literal("inconclusive").exactOptional(),
    /** Reason for accepting the verdict. */
    reason: text,
    /** Person or team that will fix it. */
    owner: text,
    /** First day on which the verdict is no longer accepted. */
    expires: z.iso.date(),
    /** Highest rate of the verdict that is accepted: see `maxRateOf`. Without it, an entry is obsolete once all its cases pass. */
    maxRate: z.number().gt(0).lt(1).exactOptional(),
    /** Attempts at its cases in all updates of the baseline. A person need not write it. */
    attempts: z.int().min(1).exactOptional(),
    /** Number of those attempts that had the accepted verdict. */
    occurrences: z.int().min(1).exactOptional(),
    /** Number of updates that saw the accepted verdict. */
    runs: z.int().min(1).exactOptional(),
  })
  .refine(({ attempts, occurrences }) => (attempts === undefined) === (occurrences === undefined), {
    error: "`attempts` and `occurrences` belong together; write both, or none",
  })
  .refine(({ attempts = 0, occurrences = 0 }) => occurrences <= attempts, {
    error: "`occurrences` can't be larger than `attempts`",
  });

const measuredCase = z.strictObject({
  /** Attempts at the case in all updates. */
  attempts: count,
  /** Duration of all attempts at the case in the last update, in milliseconds. */
  durationMs: count,
});

const baseline = z.strictObject({
  schemaVersion: z.literal(1),
  entries: z.array(entry),
  /** Number of updates that the file has seen. */
  updates: count.exactOptional(),
  /** Requirements that the catalogue had at the last update. Failures of any other are warnings. */
  requirements: z.array(text).exactOptional(),
  /** Measurements of the updates, by case id. */
  cases: z.record(text, measuredCase).exactOptional(),
});

/** Known failure, or known gap in the evidence, that is accepted for some time. */
export type BaselineEntry = Readonly<z.infer<typeof entry>>;

/** Measurements of one case in the updates of a baseline. */
export type MeasuredCase = Readonly<z.infer<typeof measuredCase>>;

/** List of known failures, kept under version control. */
export interface Baseline {
  readonly entries: readonly BaselineEntry[];
  /** Number of updates that made it. */
  readonly updates?: number;
  /** Ids of all requirements at the last update. Without it, no requirement is newer than the baseline. */
  readonly requirements?: readonly string[];
  readonly cases?: Readonly<Record<string, MeasuredCase>>;
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
export async function writeBaseline(file: string, written: Baseline): Promise<void> {
  const { entries, ...rest } = written;
  try {
    await writeFile(file, `${stringify({ schemaVersion: 1, entries, ...rest })}\n`);
  } catch (error) {
    throw new UsageError(`--baseline ${file}: ${String(error)}`);
  }
}

/** Returns JSON with one line for each measured case, so that a change of the file can be read. */
const stringify = (content: object): string =>
  JSON.stringify(content, null, 2).replaceAll(
    /\{\n\s+"attempts": (\d+),\n\s+"durationMs": (\d+)\n\s+\}/g,
    '{ "attempts": $1, "durationMs": $2 }',
  );
