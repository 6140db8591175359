import { access, constants, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { RunRecord } from "../harness/record.ts";
import type { FinishedCase } from "../harness/attempts.ts";
import { renderHtml } from "../reports/html.tsx";
import { renderJUnit } from "../reports/junit.ts";
import { UsageError } from "./exit.ts";

const compress = promisify(gzip);

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
): Promise<string> {
  const histories = join(folder, "histories");
  const html = join(folder, "report.html");
  const named = { ...record, cases: record.cases.map((one) => ({ ...one, history: historyName(one.id) })) };
  try {
    await rm(histories, { recursive: true, force: true });
    await mkdir(histories, { recursive: true });
    for (const { record: one, events } of finished) {
      await writeFile(join(folder, historyName(one.id)), await compress(JSON.stringify(events)));
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
