import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod";
import { storedAttempt } from "../../harness/judge/attempts/judged-attempt.ts";
import type { DeepReadonly } from "../../harness/util/deep-readonly.ts";
import { plain } from "../words/text.ts";
import { messageOf } from "../../harness/util/words.ts";

const storedHistory = z.strictObject({
  schemaVersion: z.literal(1),
  /** The case's id. */
  case: z.string().min(1),
  /** The target's profile, as the record has it. */
  profile: z.record(z.string(), z.unknown()),
  attempts: z.array(storedAttempt).min(1),
});

/** The file of one case's attempts. Judging it again gives the same verdicts. */
export type StoredHistory = DeepReadonly<z.infer<typeof storedHistory>>;

/** Packs a history into the bytes of its file. */
export const packHistory = (history: StoredHistory): Buffer => gzipSync(JSON.stringify(history));

/** Largest size of an unpacked file, in bytes. A run stores smaller histories. */
const maxOutputLength = 100_000_000;

/**
 * Reads a history's file.
 * @param where names the file in messages
 * @throws Error that names the wrong place in it
 */
export function unpackHistory(bytes: Uint8Array, where: string): StoredHistory {
  let content: unknown;
  try {
    content = JSON.parse(gunzipSync(bytes, { maxOutputLength }).toString("utf8"));
  } catch (error) {
    throw new Error(`${where} is no stored history: ${messageOf(error)}`);
  }
  const parsed = storedHistory.safeParse(content);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const what = first === undefined ? "" : `: ${first.path.map(String).join(".")}: ${plain(first.message)}`;
  throw new Error(`${where} is no stored history of this version${what}`);
}
