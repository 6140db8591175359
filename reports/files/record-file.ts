import * as z from "zod";
import { runRecord, type RunRecord } from "../../harness/judge/record.ts";
import { plain } from "../words/text.ts";
import { messageOf } from "../../harness/util/words.ts";

/** A file is no run record. The message names the file, the places in it and the fix. */
export class RecordError extends Error {
  override readonly name = "RecordError";
}

const issuesShown = 5;

/**
 * Reads a run record from JSON text.
 * @param where names the text in messages, usually its file
 * @throws RecordError when the text is no JSON, of another schema version, or not a record
 */
export function parseRecord(json: string, where: string): RunRecord {
  const parsed = parseJson(json, where);
  const version = versionOf(parsed);
  if (version !== undefined && version !== 1)
    throw new RecordError(
      `${where}: schemaVersion is ${plain(JSON.stringify(version), 40)}, and this hangup reads 1. ` +
        "Read it with the version of hangup that wrote it, or run the suite again.",
    );
  const result = runRecord.safeParse(parsed);
  if (result.success) return result.data;
  throw new RecordError(complaint(result.error.issues, where));
}

function parseJson(json: string, where: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new RecordError(
      `${where}: not JSON: ${plain(messageOf(error), 200)}. ` + "Give the report.json of a run that ended.",
      { cause: error },
    );
  }
}

function versionOf(parsed: unknown): unknown {
  return typeof parsed === "object" && parsed !== null && "schemaVersion" in parsed
    ? parsed.schemaVersion
    : undefined;
}

function complaint(issues: readonly z.core.$ZodIssue[], where: string): string {
  const lines = issues
    .slice(0, issuesShown)
    .map(
      ({ path, message }) => `  ${plain(z.core.toDotPath(path), 120) || "the whole"}: ${plain(message, 200)}`,
    );
  const more = issues.length > issuesShown ? [`  and ${issues.length - issuesShown} more`] : [];
  return [
    `${where}: not a run record of hangup:`,
    ...lines,
    ...more,
    "Fix these places, or write a new record with `hangup run`.",
  ].join("\n");
}
