import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { casesOf, needs, type Case, type Scenario } from "../../harness/scenario/scenario.ts";
import { mutants as allMutants } from "../../mutants/index.ts";
import type { KillMatrix } from "../../reports/kill-matrix/record.ts";
import { renderMutants } from "../../reports/kill-matrix/summary.ts";
import { scenarios } from "../../scenarios/index.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { everyValueIds } from "../../scenarios/tiers.ts";
import { UsageError } from "../exit.ts";
import { awaitInterruption } from "../interruption.ts";
import { concludeMutants } from "./conclude.ts";
import type { DeclaredMutant } from "./judge-mutant.ts";
import { planMutants, type MutantGroup } from "./plan.ts";
import { startMutantsProgress } from "./progress.ts";
import { runMutants, type MutantsRunOptions } from "./run-mutants.ts";
import { smoke } from "./smoke.ts";
import { serveFlags } from "../target/serve-flags.ts";
import { startBrowser } from "../start-browser.ts";
import { startReferenceTarget } from "../target/reference-target.ts";
import { version } from "../version.ts";
import { prepareFolder } from "../output/write-reports.ts";
import { messageOf } from "../../harness/util/words.ts";
import { newRunToken } from "../../harness/util/run-token.ts";

export interface MutantsArguments {
  /** Runs every case of the full tier on every mutant. */
  readonly all?: boolean;
  /** Names of the mutants to run; all mutants if undefined. */
  readonly mutant?: readonly string[];
  readonly browser?: "chromium" | "none";
  readonly out: string;
}

/** Mutants, cases and the way to start a server. Tests pass their own. */
export interface MutantSuite {
  readonly mutants: readonly DeclaredMutant[];
  readonly scenarios: readonly Scenario[];
  /** Ids of scenarios that every mutant runs. */
  readonly smoke: readonly string[];
  readonly start: MutantsRunOptions["start"];
}

export const builtInSuite: MutantSuite = {
  mutants: allMutants,
  scenarios,
  smoke: Object.keys(smoke),
  start: (options, mutant) =>
    startReferenceTarget([...serveFlags(options), ...(mutant === undefined ? [] : ["--mutant", mutant])]),
};

/**
 * Carries out `hangup mutants`: starts each mutant, runs the cases for the requirements that it breaks, and reports
 * whether the suite found it.
 * @returns the exit code
 * @throws UsageError for an unknown mutant
 */
export async function mutants(options: MutantsArguments, stock: MutantSuite = builtInSuite): Promise<number> {
  const everyCase = options.all === true;
  const full = stock.scenarios.flatMap(casesOf);
  const chosen = everyValueIds(stock.scenarios);
  // A property judges too many requirements at once to show which one a mutant breaks.
  const cases = everyCase
    ? full
    : full.filter(({ id, scenario }) => chosen.has(id) && scenario.isProperty !== true);
  const selected = selectMutants(stock.mutants, options.mutant);
  const groups = planMutants(selected, { cases, smoke: stock.smoke, everyCase });
  await prepareFolder(options.out);
  const { signal, ignore } = awaitInterruption();
  try {
    const matrix: KillMatrix = {
      schemaVersion: 1,
      tool: { name: "hangup", version },
      ...(await runGroups(groups, { options, stock, signal }, cases)),
      selected: options.mutant === undefined ? null : selected.map(({ name }) => name),
      everyCase,
    };
    const file = await writeMatrix(options.out, matrix);
    process.stdout.write(`${renderMutants(matrix)}\nKill matrix: ${file}\n`);
    return matrix.exitCode;
  } finally {
    ignore();
  }
}

function selectMutants(
  all: readonly DeclaredMutant[],
  names: readonly string[] | undefined,
): readonly DeclaredMutant[] {
  if (names === undefined) return all;
  const unknown = names.find((name) => !all.some((mutant) => mutant.name === name));
  if (unknown !== undefined)
    throw new UsageError(
      `--mutant: unknown mutant "${unknown}". Known mutants: ${all.map(({ name }) => name).join(", ")}`,
    );
  return all.filter(({ name }) => names.includes(name));
}

interface MutantsContext {
  readonly options: MutantsArguments;
  readonly stock: MutantSuite;
  readonly signal: AbortSignal;
}

async function runGroups(
  groups: readonly MutantGroup[],
  { options, stock, signal }: MutantsContext,
  cases: readonly Case[],
): Promise<Omit<KillMatrix, "schemaVersion" | "tool" | "selected" | "everyCase">> {
  const startedAt = new Date();
  const startedMs = performance.now();
  const isNeeded = groups.some((group) => group.cases.some((one) => needs(one, "browser")));
  const browser = await startBrowser(options.browser, isNeeded);
  const progress = startMutantsProgress(groups.flatMap(({ planned }) => planned).length);
  // The browser driver creates a stack trace for each call. Source maps make that slow.
  process.setSourceMapsEnabled(false);
  try {
    const runToken = newRunToken();
    const { notRun, lagMaxMs, ...found } = await runMutants({
      groups,
      start: stock.start,
      browser,
      runToken,
      signal,
      progress,
    });
    const all = options.mutant === undefined;
    return {
      environment: {
        node: process.version,
        platform: `${process.platform} ${process.arch}`,
        cpus: availableParallelism(),
        browser: browser.browser?.version ?? null,
      },
      startedAt: startedAt.toISOString(),
      durationMs: performance.now() - startedMs,
      lagMaxMs,
      ...concludeMutants(found, { cases, requirements, mutants: stock.mutants, all }),
      notRun,
      notes:
        isNeeded && browser.missing !== undefined ? [`Browser cases were not run: ${browser.missing}`] : [],
    };
  } finally {
    process.setSourceMapsEnabled(true);
    progress.stop();
    await browser.browser?.close();
  }
}

/** Writes `kill-matrix.json` into a folder. @returns its path */
async function writeMatrix(folder: string, matrix: KillMatrix): Promise<string> {
  const file = join(folder, "kill-matrix.json");
  try {
    await writeFile(file, `${JSON.stringify(matrix, null, 2)}\n`);
  } catch (error) {
    throw new UsageError(`--out ${folder}: ${messageOf(error)}`);
  }
  return file;
}
