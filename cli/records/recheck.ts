import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { judgeCase } from "../../harness/judge/attempts/judge-case.ts";
import { isSameCheck } from "../../harness/judge/judge.ts";
import { parseProfile } from "../../harness/profile/profile.ts";
import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { casesOf } from "../../harness/scenario/scenario.ts";
import { unpackHistory, type StoredHistory } from "../../reports/files/history-file.ts";
import { renderSummary } from "../../reports/summary.ts";
import { scenarios } from "../../scenarios/index.ts";
import { openGate, applyGate, type Gate, type GateOptions } from "../baseline/gate.ts";
import { exitCodes, UsageError } from "../exit.ts";
import { orUsageError, readRecord, recordFile } from "./read-record.ts";
import { loadProfile } from "../target/profile-file.ts";
import { reportersOf } from "../output/reporters.ts";
import { withCases } from "../output/run-record.ts";
import { terminalColumns } from "../output/terminal-width.ts";
import { copyStored, isFile, storedFiles, storedPath } from "./stored-files.ts";
import { prepareFolder, writeRecord } from "../output/write-reports.ts";
import { kindOf } from "../../reports/read/record-queries.ts";

export interface RecheckArguments extends Pick<GateOptions, "baseline"> {
  /** Config with the run's own scenarios; undefined if it had none. */
  readonly profile?: string;
  /** Folder for the new report; no report if undefined. */
  readonly out?: string;
}

/**
 * Carries out `hangup recheck`: judges stored histories again, without a target. For a run, prints its summary and
 * the changed verdicts, and writes its report if asked to. For a single history, prints its verdicts.
 * @returns the exit code for the worst result
 * @throws UsageError for a file that is neither a record nor a history
 */
export async function recheck(
  paths: readonly string[],
  { out, baseline, profile }: RecheckArguments = {},
): Promise<number> {
  if (profile !== undefined) await loadProfile(profile);
  const gate = await openGate(baseline === undefined ? {} : { baseline });
  if (out !== undefined && paths.length !== 1)
    throw new UsageError("recheck: --out takes the report of one run. Recheck the runs one by one.");
  const codes: number[] = [];
  for (const path of paths) {
    const file = await recordFile(path);
    codes.push(file.endsWith(".json") ? await recheckRun(file, { out, gate }) : await recheckHistory(file));
  }
  const precedence = [exitCodes.nonconformant, exitCodes.incomplete];
  return precedence.find((code) => codes.includes(code)) ?? exitCodes.conformant;
}

interface RecheckContext {
  readonly out: string | undefined;
  readonly gate: Gate | undefined;
}

async function recheckRun(file: string, { out, gate }: RecheckContext): Promise<number> {
  const record = await readRecord(file);
  const kept: string[] = [];
  const cases: CaseRecord[] = [];
  for (const before of record.cases) {
    const after = await judgedAgain(before, dirname(file));
    cases.push(after ?? before);
    if (after === undefined && kindOf(before) !== "not-applicable") kept.push(before.id);
  }
  const judgedAnew = withCases(record, cases);
  const again = applyGate(judgedAnew, gate).record;
  console.log(
    `${renderSummary(again, { color: false, width: terminalColumns() })}\n${changesIn(record, again)}`,
  );
  if (kept.length > 0)
    console.log(`Not judged again, because their histories are missing: ${kept.join(", ")}`);
  if (out !== undefined) await writeAnew(again, dirname(file), out);
  return again.exitCode === exitCodes.interrupted ? exitCodes.incomplete : again.exitCode;
}

/** @returns undefined if the case has no stored history */
async function judgedAgain(before: CaseRecord, folder: string): Promise<CaseRecord | undefined> {
  if (before.history === undefined) return undefined;
  const path = storedPath(folder, before.id, "history", before.history);
  if (!(await isFile(path))) return undefined;
  const after = judged(await orUsageError(async () => unpackHistory(await readFile(path), path)), path);
  const { title, history, replay, steps } = before;
  return {
    ...after,
    title,
    history,
    ...(replay === undefined ? {} : { replay }),
    ...(steps === undefined ? {} : { steps }),
  };
}

/** Writes the report, and copies the histories if the folder is a new one. */
async function writeAnew(record: RunRecord, from: string, out: string): Promise<void> {
  await prepareFolder(join(out, "histories"));
  if (resolve(out) !== resolve(from)) await copyStored(storedFiles(record.cases, from), out);
  const html = await writeRecord(out, record, reportersOf({}));
  console.log(`Report: ${html ?? out}`);
}

async function recheckHistory(path: string): Promise<number> {
  const record = judged(await orUsageError(async () => unpackHistory(await readFile(path), path)), path);
  for (const verdict of record.verdicts) {
    const why =
      verdict.kind === "fail"
        ? `: expected ${verdict.expected}; seen: ${verdict.actual}`
        : verdict.kind === "pass"
          ? ""
          : `: ${verdict.reason}`;
    console.log(`${verdict.kind.padEnd(14)} ${record.id} ${verdict.requirement} ${verdict.check}${why}`);
  }
  const kind = kindOf(record);
  return kind === "fail"
    ? exitCodes.nonconformant
    : kind === "inconclusive"
      ? exitCodes.incomplete
      : exitCodes.conformant;
}

function judged(history: StoredHistory, path: string): CaseRecord {
  const one = scenarios.flatMap(casesOf).find(({ id }) => id === history.case);
  if (one === undefined) {
    throw new UsageError(
      `${basename(path)} is a history of case "${history.case}", which this version of hangup does not have. If it is a scenario of your own, name its config with --profile.`,
    );
  }
  return judgeCase(
    one,
    history.attempts,
    parseProfile(withoutStart(history.profile), `the profile in ${path}`),
  );
}

/** Removes the start command. Its `{port}` is filled in in the recorded address, so that the two no longer fit. */
const withoutStart = (profile: StoredHistory["profile"]) =>
  Object.fromEntries(Object.entries(profile).filter(([key]) => key !== "start"));

function changesIn(before: RunRecord, after: RunRecord): string {
  const changes = before.cases.flatMap((was, place) => {
    const is = after.cases[place] ?? was;
    const found = is.verdicts.filter((one) => !was.verdicts.some((before) => isSameCheck(before, one)));
    return [
      ...was.verdicts.map((one) => ({
        ...one,
        now: is.verdicts.find((after) => isSameCheck(after, one))?.kind,
      })),
      ...found.map((one) => ({ ...one, kind: "not judged", now: one.kind })),
    ].flatMap(({ requirement, check, kind, now = "not judged" }) =>
      now === kind ? [] : [`${was.id} ${requirement} ${check}: was ${kind}, is ${now}`],
    );
  });
  return changes.length === 0 ? "Judged again: nothing changed." : `Judged again:\n${changes.join("\n")}`;
}
