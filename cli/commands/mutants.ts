import { randomInt } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { casesOf, needs, type Case, type Scenario } from "../../harness/scenario/scenario.ts";
import { mutants as allMutants } from "../../mutants/index.ts";
import { renderKillMatrix } from "../../reports/kill-matrix/kill-matrix.tsx";
import type { KillMatrix } from "../../reports/kill-matrix/record.ts";
import { renderMutants } from "../../reports/kill-matrix/summary.ts";
import { scenarios } from "../../scenarios/index.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { everyValueIds } from "../../scenarios/tiers.ts";
import { UsageError } from "../exit.ts";
import { awaitInterruption } from "../interruption.ts";
import { concludeMutants } from "../mutants/conclude.ts";
import type { Claim } from "../mutants/judge-mutant.ts";
import { planMutants, type Group } from "../mutants/plan.ts";
import { startMutantsProgress } from "../mutants/progress.ts";
import { runMutants, type Undertaking } from "../mutants/run-mutants.ts";
import { smoke } from "../mutants/smoke.ts";
import { serveFlags } from "../target/serve-flags.ts";
import { startBrowser } from "../start-browser.ts";
import { startReferenceTarget } from "../target/target.ts";
import { version } from "../version.ts";
import { prepareFolder } from "../output/write-reports.ts";

export interface MutantsArguments {
  /** Every case of the full tier against every mutant. */
  readonly all?: boolean;
  /** The names of those to run; all of them when left out. */
  readonly mutant?: readonly string[];
  readonly browser?: "chromium" | "none";
  readonly out: string;
}

/** What there is to run, and how its servers start. Other than these in tests alone. */
export interface Stock {
  readonly mutants: readonly Claim[];
  readonly scenarios: readonly Scenario[];
  /** Ids of scenarios that every mutant meets. */
  readonly smoke: readonly string[];
  readonly start: Undertaking["start"];
}

export const ownStock: Stock = {
  mutants: allMutants,
  scenarios,
  smoke: Object.keys(smoke),
  start: (options, mutant) =>
    startReferenceTarget([...serveFlags(options), ...(mutant === undefined ? [] : ["--mutant", mutant])]),
};

/**
 * `hangup mutants`: starts each mutant, runs the cases of what it breaks, and says whether it was found out.
 * @returns the exit code
 * @throws UsageError for a mutant that there is not
 */
export async function mutants(options: MutantsArguments, stock: Stock = ownStock): Promise<number> {
  const everyCase = options.all === true;
  const full = stock.scenarios.flatMap(casesOf);
  const chosen = everyValueIds(stock.scenarios);
  // What a property asks, it asks of everything at once: of a mutant that says too little.
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
      ...(await foundIn(groups, { options, stock, signal }, cases)),
      selected: options.mutant === undefined ? null : selected.map(({ name }) => name),
      everyCase,
    };
    const html = await writeMatrix(options.out, matrix);
    process.stdout.write(`${renderMutants(matrix)}\nKill matrix: ${html}\n`);
    return matrix.exitCode;
  } finally {
    ignore();
  }
}

function selectMutants(all: readonly Claim[], names: readonly string[] | undefined): readonly Claim[] {
  if (names === undefined) return all;
  const unknown = names.find((name) => !all.some((mutant) => mutant.name === name));
  if (unknown !== undefined)
    throw new UsageError(
      `--mutant: there is no mutant "${unknown}"; there are ${all.map(({ name }) => name).join(", ")}`,
    );
  return all.filter(({ name }) => names.includes(name));
}

interface Setting {
  readonly options: MutantsArguments;
  readonly stock: Stock;
  readonly signal: AbortSignal;
}

async function foundIn(
  groups: readonly Group[],
  { options, stock, signal }: Setting,
  cases: readonly Case[],
): Promise<Omit<KillMatrix, "schemaVersion" | "tool" | "selected" | "everyCase">> {
  const startedAt = new Date();
  const startedMs = performance.now();
  const isNeeded = groups.some((group) => group.cases.some((one) => needs(one, "browser")));
  const browser = await startBrowser(options.browser, isNeeded);
  const progress = startMutantsProgress(groups.flatMap(({ planned }) => planned).length);
  // The browser driver makes a stack trace for each call. Mapped to the sources, each holds everything up.
  process.setSourceMapsEnabled(false);
  try {
    const runToken = randomInt(2 ** 31).toString(36);
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

/** @returns the path of the HTML file */
async function writeMatrix(folder: string, matrix: KillMatrix): Promise<string> {
  const html = join(folder, "kill-matrix.html");
  try {
    await writeFile(join(folder, "kill-matrix.json"), `${JSON.stringify(matrix, null, 2)}\n`);
    await writeFile(html, renderKillMatrix(matrix));
  } catch (error) {
    throw new UsageError(`--out ${folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return html;
}
