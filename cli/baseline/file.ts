import { readFile, writeFile } from "node:fs/promises";
import * as z from "zod";
import { UsageError } from "../exit.ts";

const text = z.string().min(1);

const entry = z.strictObject({
  /** The id of the requirement that fails. */
  requirement: text,
  /** The cases in which it may fail: an id, in which `*` stands for anything. */
  cases: text,
  /** Why it is accepted. */
  reason: text,
  /** Who sees to it. */
  owner: text,
  /** From this day on it is accepted no more. */
  expires: z.iso.date(),
  /** Of a known flake: the share of its runs in which it may fail. Without it, passing everywhere makes an entry obsolete. */
  maxRate: z.number().gt(0).lt(1).exactOptional(),
});

const baseline = z.strictObject({ schemaVersion: z.literal(1), entries: z.array(entry) });

/** One known failure that is accepted for a while. */
export type BaselineEntry = Readonly<z.infer<typeof entry>>;

/** A committed list of known failures. */
export interface Baseline {
  readonly entries: readonly BaselineEntry[];
}

/**
 * Reads a baseline.
 * @returns undefined where there is no such file
 * @throws UsageError that names each wrong place in it
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
    ({ path, message }) => `  ${path.map(String).join(".") || "the whole"}: ${message}`,
  );
  throw new UsageError([`--baseline ${file} is no baseline:`, ...complaints].join("\n"));
}

/** @throws UsageError where it can't be written */
export async function writeBaseline(file: string, { entries }: Baseline): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify({ schemaVersion: 1, entries }, null, 2)}\n`);
  } catch (error) {
    throw new UsageError(`--baseline ${file}: ${String(error)}`);
  }
}
