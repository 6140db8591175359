import { randomInt } from "node:crypto";
import { availableParallelism } from "node:os";
import { pageFiles } from "../browser-fixtures/files.ts";
import { launchChromium, type RunBrowser } from "../harness/browser.ts";
import { conclude } from "../harness/outcome.ts";
import { parseProfile } from "../harness/profile.ts";
import type { RunRecord } from "../harness/record.ts";
import { runCases, type RunResult } from "../harness/runner.ts";
import { casesOf, type Case } from "../harness/scenario.ts";
import { renderSummary } from "../reports/summary.ts";
import { scenarios } from "../scenarios/index.ts";
import { requirements } from "../scenarios/requirements.ts";
import { findChromium, whyNoChromium } from "../setup/find-chromium.js";
import { exitCodes, UnreachableError, UsageError } from "./exit.ts";
import { loadProfile } from "./profile-file.ts";
import { startProgress } from "./progress.ts";
import { assertReachable, startReferenceTarget, type Target } from "./target.ts";
import { version } from "./version.ts";
import { writeReports } from "./write-reports.ts";

export interface RunArguments {
  readonly url?: string;
  readonly profile?: string;
  readonly grep?: string;
  readonly requirement?: string;
  readonly workers: number;
  readonly browser?: "chromium" | "none";
  readonly out: string;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/**
 * `hangup run`: selects, runs, concludes, reports.
 * @returns the exit code
 */
export async function run(options: RunArguments): Promise<number> {
  const cases = selectCases(options);
  const browserChoice = chooseBrowser(options.browser);
  const interruption = new AbortController();
  const interrupt = () => interruption.abort(new Error("the run was interrupted"));
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.once(signal, interrupt);
  const target = await findTarget(options);
  try {
    await assertReachable(target.url, target.profile);
    const record = await runAndRecord({ options, cases, target, browserChoice, signal: interruption.signal });
    process.stdout.write(options.json === true ? `${JSON.stringify(record, null, 2)}\n` : "");
    return record.exitCode;
  } finally {
    await target.stop();
    for (const signal of signals) process.off(signal, interrupt);
  }
}

interface BrowserChoice {
  readonly path: string | undefined;
  /** Why there is none; undefined when there is one. */
  readonly missing: string | undefined;
}

interface Undertaking {
  readonly options: RunArguments;
  readonly cases: readonly Case[];
  readonly target: Target;
  readonly browserChoice: BrowserChoice;
  readonly signal: AbortSignal;
}

async function runAndRecord(undertaking: Undertaking): Promise<RunRecord> {
  const { options, cases, target, browserChoice, signal } = undertaking;
  const startedAt = new Date();
  const startedMs = performance.now();
  const seed = randomInt(2 ** 31);
  let browser: Promise<RunBrowser> | undefined;
  const openBrowser = () => (browser ??= launchChromium(browserChoice.path ?? ""));
  const progress = startProgress(cases.length, options.workers);
  let result: RunResult;
  try {
    // The browser's start keeps both cores busy for a moment; no case should be timed meanwhile.
    if (cases.some(needsBrowser) && browserChoice.missing === undefined) await openBrowser();
    result = await runCases({
      cases,
      profile: target.profile,
      target: target.url,
      workers: options.workers,
      browser: openBrowser,
      noBrowser: browserChoice.missing,
      pageFiles,
      runToken: seed.toString(36),
      signal,
      onCase: ({ record }) => progress.finished(record),
    });
  } finally {
    progress.stop();
    await (await browser)?.close();
  }
  const record = recordOf(undertaking, result, {
    startedAt,
    durationMs: performance.now() - startedMs,
    seed,
    browser: browser === undefined ? null : (await browser).version,
  });
  const written = await writeReports(options.out, record, result.finished);
  if (options.json !== true) {
    process.stdout.write(`${renderSummary(record, { color: colorWanted() })}\nReport: ${written}\n`);
  }
  return record;
}

interface Facts {
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly seed: number;
  readonly browser: string | null;
}

function recordOf(undertaking: Undertaking, { finished, lag }: RunResult, facts: Facts): RunRecord {
  const { options, cases, target, browserChoice, signal } = undertaking;
  const { profile, url } = target;
  const conclusion = conclude(
    finished.map(({ record }) => record),
    requirements,
    { waivers: profile.waivers, strict: options.strict === true },
  );
  const interrupted = signal.aborted;
  const notes = [
    ...(browserChoice.missing !== undefined && cases.some(needsBrowser)
      ? [`Browser cases were not run: ${browserChoice.missing}`]
      : []),
    ...(interrupted ? [`Interrupted: ${finished.length} of ${cases.length} cases had ended.`] : []),
  ];
  return {
    schemaVersion: 1,
    tool: { name: "hangup", version },
    target: { name: profile.name, url: url.href, profile },
    environment: {
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      cpus: availableParallelism(),
      browser: facts.browser,
    },
    startedAt: facts.startedAt.toISOString(),
    durationMs: facts.durationMs,
    seed: facts.seed,
    ...conclusion,
    ...(interrupted ? { exitCode: exitCodes.interrupted } : {}),
    lag,
    waivers: profile.waivers,
    notes,
    cases: finished.map(({ record }) => record),
  };
}

function selectCases({ grep, requirement }: RunArguments): Case[] {
  if (requirement !== undefined && !requirements.some(({ id }) => id === requirement)) {
    throw new UsageError(
      `--requirement: there is no requirement "${requirement}"; \`hangup list\` shows them`,
    );
  }
  const pattern = patternOf(grep);
  const selected = scenarios
    .filter(({ checks }) => requirement === undefined || requirement in checks)
    .flatMap(casesOf)
    .filter(({ id, scenario }) => pattern === undefined || pattern.test(id) || pattern.test(scenario.title));
  if (selected.length === 0) {
    const asked = [grep && `--grep "${grep}"`, requirement && `--requirement ${requirement}`].filter(Boolean);
    throw new UsageError(`${asked.join(" with ")} matches no case; \`hangup list\` shows them`);
  }
  return selected;
}

function patternOf(grep: string | undefined): RegExp | undefined {
  if (grep === undefined) return undefined;
  try {
    return new RegExp(grep, "i");
  } catch (error) {
    throw new UsageError(`--grep: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A browser that was asked for by name must be there; one that is merely found may be missing. */
function chooseBrowser(wanted: RunArguments["browser"]): BrowserChoice {
  if (wanted === "none") return { path: undefined, missing: "--browser none: no browser was wanted" };
  let found: ReturnType<typeof findChromium>;
  try {
    found = findChromium();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  if (found !== null) return { path: found.path, missing: undefined };
  if (wanted !== undefined) throw new UnreachableError(`--browser ${wanted}: ${whyNoChromium()}`);
  return { path: undefined, missing: whyNoChromium() };
}

async function findTarget({ url, profile: file }: RunArguments): Promise<Target> {
  const profile = await loadProfile(file);
  const address = url ?? profile?.url;
  if (address === undefined) {
    if (profile !== undefined) throw new UsageError("the profile gives no url; add it there or pass --url");
    return startReferenceTarget();
  }
  const parsed = URL.canParse(address) ? new URL(address) : undefined;
  if (parsed?.protocol !== "http:") {
    throw new UsageError(
      `--url ${address}: it must be an http:// address, such as http://localhost:8080/connection`,
    );
  }
  return {
    profile: profile ?? parseProfile({ name: parsed.host }, "--url"),
    url: parsed,
    stop: () => Promise.resolve(),
  };
}

const needsBrowser = ({ scenario }: Case) => scenario.needs?.includes("browser") === true;

/** https://no-color.org */
const colorWanted = () => process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "";
