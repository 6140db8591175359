import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod";
import type { Attempt } from "../../harness/judge/attempts.ts";
import { historyEvent } from "./schema.ts";
import { plain } from "../words/text.ts";

/**
 * Content of a history file: everything that the verdicts of one case depend on. Judging it again gives the same
 * verdicts.
 */
export interface StoredHistory {
  readonly schemaVersion: 1;
  /** Id of the case. */
  readonly case: string;
  /** Profile of the target, as in the record. */
  readonly profile: Readonly<Record<string, unknown>>;
  readonly attempts: readonly Attempt[];
}

const ms = z.number().nonnegative();

const storedHistory = z.strictObject({
  schemaVersion: z.literal(1),
  case: z.string().min(1),
  profile: z.record(z.string(), z.unknown()),
  attempts: z
    .array(
      z.strictObject({
        alone: z.boolean(),
        trouble: z.string().nullable(),
        durationMs: ms,
        lagMaxMs: ms,
        events: z.array(historyEvent),
      }),
    )
    .min(1),
});

/** Packs a history into the bytes of its file. */
export const packHistory = (history: StoredHistory): Buffer => gzipSync(JSON.stringify(history));

/** Limit for an unpacked file. No run writes a history of this size. */
const maxOutputLength = 100_000_000;

/**
 * Reads a history file.
 * @param where name of the file for messages
 * @throws Error that says what is wrong in the file
 */
export function unpackHistory(bytes: Uint8Array, where: string): StoredHistory {
  let content: unknown;
  try {
    content = JSON.parse(gunzipSync(bytes, { maxOutputLength }).toString("utf8"));
  } catch (error) {
    throw new Error(
      `${where} is no stored history: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const parsed = storedHistory.safeParse(content);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const what = first === undefined ? "" : `: ${first.path.map(String).join(".")}: ${plain(first.message)}`;
  throw new Error(`${where} is no stored history of this version${what}`);
}
