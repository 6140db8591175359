import { realpath, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { distinct } from "../../harness/judge/target-said.ts";
import { worstLag } from "../../harness/run/worst-lag.ts";
import { casesOf } from "../../harness/scenario/scenario.ts";
import { kindOf } from "../../reports/read/record-queries.ts";
import { countOf } from "../../reports/words/text.ts";
import { scenarios } from "../../scenarios/index.ts";
import { openGate, applyGate, type GateOptions } from "../baseline/gate.ts";
import { exitCodes, UsageError } from "../exit.ts";
import { readRecord, recordFile } from "./read-record.ts";
import { reportersOf, type ReporterOptions } from "../output/reporters.ts";
import { withCases } from "../output/run-record.ts";
import { copyStored, storedFiles } from "./stored-files.ts";
import { prepareFolder, writeRecord } from "../output/write-reports.ts";

export interface MergeArguments extends GateOptions, ReporterOptions {
  readonly out: string;
}

/** Record of one shard, with the folder of its histories. */
interface ShardRecord {
  readonly path: string;
  readonly folder: string;
  readonly record: RunRecord;
}

/**
 * Carries out `hangup merge`: joins the records of all shards into the report of the whole run.
 * @returns the exit code of the whole run
 * @throws UsageError for records that are not the shards of one run
 */
export async function merge(paths: readonly string[], options: MergeArguments): Promise<number> {
  const reporters = reportersOf(options);
  const gate = await openGate(options);
  const given = await Promise.all(
    paths.map(async (path): Promise<ShardRecord> => {
      const record = await readRecord(path);
      return { path, folder: dirname(await realpath(await recordFile(path))), record };
    }),
  );
  const parts = withoutDuplicates(given);
  const joined = joinedOf(parts);
  await prepareFolder(options.out);
  const out = await realpath(options.out);
  if (parts.some(({ folder }) => folder === out))
    throw new UsageError(`merge: --out ${options.out} is the folder of a shard. Choose another folder.`);
  for (const kind of ["histories", "replays"]) await rm(join(out, kind), { recursive: true, force: true });
  const stored = parts.flatMap(({ folder, record }) => storedFiles(record.cases, folder));
  const missing = await copyStored(stored, out);
  const note = `${countOf(missing, "stored file")} of the shards could not be found.`;
  const whole = missing === 0 ? joined : { ...joined, notes: [...joined.notes, note] };
  const { record, save } = applyGate(whole, gate);
  const html = await writeRecord(options.out, record, reporters);
  await reporters.print(record, html);
  await save();
  return record.exitCode;
}

/**
 * Keeps each case once. Two shards have the same case only if the target died in both: that case shows it. A failure counts more.
 */
function withoutDuplicates(parts: readonly ShardRecord[]): ShardRecord[] {
  const kept = new Map<string, CaseRecord>();
  for (const one of parts.flatMap(({ record }) => record.cases))
    if (!kept.has(one.id) || kindOf(one) === "fail") kept.set(one.id, one);
  return parts.map((part) => {
    const cases = part.record.cases.filter((one) => kept.get(one.id) === one);
    return { ...part, record: { ...part.record, cases } };
  });
}

function joinedOf(parts: readonly ShardRecord[]): RunRecord {
  const [first, ...others] = parts;
  if (first === undefined) throw new UsageError("merge: pass the folders of the shards");
  for (const other of others) {
    const difference = differenceBetween(first.record, other.record);
    if (difference !== undefined)
      throw new UsageError(
        `merge: ${first.path} and ${other.path} are not shards of one run: they differ in ${difference}`,
      );
  }
  assertWhole(parts);
  const records = parts.map(({ record }) => record);
  const whole = wholeOf(first.record);
  const started = records.map(({ startedAt }) => startedAt).toSorted();
  return withCases(
    {
      ...whole,
      target: { ...whole.target, ...saidByAll(records) },
      startedAt: started[0] ?? whole.startedAt,
      durationMs: Math.max(...records.map(({ durationMs }) => durationMs)),
      lag: worstLag(records.map(({ lag }) => lag)),
      ...notRunIn(records),
      notes: [...new Set(records.flatMap(({ notes }) => notes))],
      exitCode: records.some(({ exitCode }) => exitCode === exitCodes.interrupted)
        ? exitCodes.interrupted
        : whole.exitCode,
    },
    inOrder(records.flatMap(({ cases }) => cases)),
  );
}

/** Returns the number of cases that no shard ran; nothing if all ran. */
function notRunIn(records: readonly RunRecord[]): Pick<RunRecord, "notRun"> {
  const notRun = records.reduce((sum, record) => sum + (record.notRun ?? 0), 0);
  return notRun === 0 ? {} : { notRun };
}

/** Returns what the target said to all shards. */
function saidByAll(records: readonly RunRecord[]): Pick<RunRecord["target"], "said"> {
  const said = records.flatMap(({ target }) => target.said ?? []);
  if (said.length === 0) return {};
  const info = said.find((one) => one.info !== undefined)?.info;
  return {
    said: {
      heartBeats: distinct(said.flatMap(({ heartBeats }) => heartBeats)),
      servers: distinct(said.flatMap(({ servers }) => servers)),
      ...(info === undefined ? {} : { info }),
    },
  };
}

/** Returns the record without its shard number. */
function wholeOf(record: RunRecord): RunRecord {
  const whole: { -readonly [Key in keyof RunRecord]: RunRecord[Key] } = { ...record };
  delete whole.shard;
  return whole;
}

/** Returns the first difference that shards of one run can't have. Their addresses may differ. */
function differenceBetween(one: RunRecord, other: RunRecord): string | undefined {
  const common = ({ tool, target, strict, seed, shard }: RunRecord) => ({
    "hangup's version": tool.version,
    "the target's name": target.name,
    "the target's profile": { ...target.profile, url: undefined },
    "--strict": strict,
    "--seed": seed,
    "the number of shards": shard?.of,
    "the selected cases (--tier, --grep, --requirement, --runs, the durations in --baseline)": shard?.asked,
  });
  const theirs: Readonly<Record<string, unknown>> = common(other);
  return Object.entries(common(one)).find(([what, own]) => !isDeepStrictEqual(own, theirs[what]))?.[0];
}

/** @throws UsageError if a shard is missing or given twice */
function assertWhole(parts: readonly ShardRecord[]): void {
  const [first] = parts;
  const of = first?.record.shard?.of;
  if (of === undefined)
    throw new UsageError(
      `merge: ${first?.path ?? ""} is not a shard. Run it with --shard, such as --shard 1/2.`,
    );
  for (let index = 1; index <= of; index += 1) {
    const own = parts.filter(({ record }) => record.shard?.index === index);
    const [one, another] = own;
    if (one === undefined) throw new UsageError(`merge: shard ${index}/${of} is missing`);
    if (another !== undefined)
      throw new UsageError(`merge: ${one.path} and ${another.path} are both shard ${index}/${of}`);
  }
}

/** Sorts cases into the order of a whole run. */
function inOrder(cases: readonly CaseRecord[]): CaseRecord[] {
  const places = new Map(scenarios.flatMap(casesOf).map(({ id }, place) => [id, place]));
  return cases.toSorted((a, b) => (places.get(a.id) ?? Infinity) - (places.get(b.id) ?? Infinity));
}
