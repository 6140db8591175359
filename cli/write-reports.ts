import { access, constants, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RunRecord } from "../harness/record.ts";
import type { FinishedCase } from "../harness/runner.ts";
import { packHistory } from "../reports/history-file.ts";
import { writeReplay } from "../reports/replay-file.ts";
import { renderHtml } from "../reports/html.tsx";
import { renderJUnit } from "../reports/junit.ts";
import { UsageError } from "./exit.ts";
import type { StoredReplay } from "./explore.ts";

/**
 * Makes sure, before anything is run, that there will be a place for what it finds.
 * @throws UsageError when the folder can't be made
 */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new UsageError(`--out ${folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Writes all that a run leaves into `folder`; what an earlier run left there is replaced.
 * @returns the path of the HTML report
 */
export async function writeReports(
  folder: string,
  record: RunRecord,
  finished: readonly FinishedCase[],
  replays: readonly StoredReplay[] = [],
): Promise<string> {
  const histories = join(folder, "histories");
  const html = join(folder, "report.html");
  const stored = new Set(
    finished.flatMap(({ record: { id }, attempts }) => (attempts.length > 0 ? [id] : [])),
  );
  const named = {
    ...record,
    cases: record.cases.map((one) => (stored.has(one.id) ? { ...one, history: historyName(one.id) } : one)),
  };
  try {
    await rm(histories, { recursive: true, force: true });
    await mkdir(histories, { recursive: true });
    await rm(join(folder, "replays"), { recursive: true, force: true });
    for (const { file, content } of replays) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), writeReplay(content));
    }
    for (const { record: one, attempts } of finished) {
      if (attempts.length === 0) continue;
      const packed = packHistory({
        schemaVersion: 1,
        case: one.id,
        profile: record.target.profile,
        attempts,
      });
      await writeFile(join(folder, historyName(one.id)), packed);
    }
    await writeFile(join(folder, "report.json"), `${JSON.stringify(named, null, 2)}\n`);
    await writeFile(html, renderHtml(named));
    await writeFile(join(folder, "junit.xml"), renderJUnit(named));
  } catch (error) {
    throw new UsageError(`--out ${folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return html;
}

/** Case ids hold slashes and brackets; file names had better not. */
const historyName = (id: string): string =>
  `histories/${id.replaceAll(/[^a-z0-9=]+/gi, "-").replace(/-$/, "")}.json.gz`;
