import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { referenceProfile, shortTimes } from "../../cli/target/reference-target.ts";
import { parseRecord } from "../../reports/files/record-file.ts";
import { compile } from "../../cli/target/compile.ts";
import type { BenchServerName } from "./servers.ts";

/** Measurements of one run of the suite. All times are in milliseconds. */
export interface MeasuredRun {
  /** Time from the first case to the last verdict, retries included. */
  readonly durationMs: number;
  /** Latest moment at which a correct server's leave may arrive, after its end. The longest of the run. */
  readonly longestWindowMs: number;
  /** Sum of the cases' durations: the time that they take one after another. */
  readonly serialMs: number;
  /** Processor time of hangup, the server and all their processes, from their start to their end. */
  readonly cpuMs: number;
  /** Number of cases that apply to the server. */
  readonly cases: number;
  readonly failed: number;
  readonly inconclusive: number;
  /** True if the run took longer than its limit. It was then interrupted, and the other values are those until then. */
  readonly interrupted: boolean;
}

/** Settings of one run. */
export interface RunSetting {
  readonly server: BenchServerName;
  /** Maximum number of cases that act at the same time; the product's default if undefined. */
  readonly workers?: number;
  /** Gives each case observers of its own. */
  readonly ownObservers?: boolean;
  /** Time after which the run is interrupted, in milliseconds; none if undefined. */
  readonly limitMs?: number;
}

/** Selection of cases and places of files, the same for all runs of a bench. */
export interface RunPlace {
  /** Folder for profiles, stores and reports. The caller removes it. */
  readonly folder: string;
  /** Folder of the compiled programs; see `compilePrograms`. */
  readonly compiled: string;
  /** Further arguments of `hangup run`, such as `--tier quick`. */
  readonly select: readonly string[];
  readonly signal: AbortSignal;
}

const bin = fileURLToPath(new URL("../../cli/bin.js", import.meta.url));

/** Compiles hangup and the server, so that runs do not measure the compiler. Returns the folder, which is removed at exit. */
export const compilePrograms = (): Promise<string> =>
  compile([fileURLToPath(new URL("serve.ts", import.meta.url))]);

/**
 * Runs the suite without browsers, as a user does: hangup starts the server by the profile's `start`.
 * @throws Error if the run writes no record, with the last lines of its output, or if the signal aborts
 */
export async function measureRun(setting: RunSetting, place: RunPlace): Promise<MeasuredRun> {
  place.signal.throwIfAborted();
  const { workers, limitMs } = setting;
  const out = join(place.folder, "report");
  await rm(out, { recursive: true, force: true });
  const limit = limitMs === undefined ? undefined : AbortSignal.timeout(Math.ceil(limitMs));
  const { cpuMs, said } = await runProgram(
    [
      ...[bin, "run", "--profile", await writeProfile(setting, place), "--out", out],
      ...["--browser", "none", "--no-preflight", ...place.select],
      ...(workers === undefined ? [] : ["--workers", String(workers)]),
    ],
    place.compiled,
    AbortSignal.any([place.signal, ...(limit === undefined ? [] : [limit])]),
  );
  place.signal.throwIfAborted();
  const file = join(out, "report.json");
  const { durationMs, longestWindowMs, totals, cases } = parseRecord(
    await readFile(file, "utf8").catch((cause: unknown) => {
      throw new Error(`the run wrote no record. It said:\n${said}`, { cause });
    }),
    file,
  );
  return {
    durationMs,
    longestWindowMs,
    serialMs: cases.reduce((sum, each) => sum + each.durationMs, 0),
    cpuMs,
    cases: cases.length - totals.notApplicable,
    failed: totals.fail,
    inconclusive: totals.inconclusive,
    interrupted: limit?.aborted === true,
  };
}

/** Writes the profile of a server. Returns its path. */
async function writeProfile({ server, ownObservers }: RunSetting, place: RunPlace): Promise<string> {
  const options = ["--port {port}", "--probe", `--store ${place.folder}/store-{port}`, ...shortTimes];
  const profile = {
    ...referenceProfile,
    url: "http://127.0.0.1:{port}/connection",
    // The server replaces the shell, so that no process ends without its parent, which counts its processor time.
    start: {
      command: `exec "${process.execPath}" "${join(place.compiled, "serve.js")}" ${server} ${options.join(" ")}`,
    },
  };
  const text = JSON.stringify(profile);
  const file = join(place.folder, ownObservers === true ? "profile.mjs" : "profile.json");
  // A topic that a function makes may differ from case to case, so cases do not share observers. This one is the same topic.
  const content = ownObservers === true ? `export default { ...${text}, topic: () => "${topic}" };` : text;
  await writeFile(file, content);
  return file;
}

const topic = String(referenceProfile.topic);

/** Runs a Node program to its end, or interrupts it when the signal aborts. Returns the processor time of all its processes, and its last errors. */
async function runProgram(
  args: readonly string[],
  compiled: string,
  signal: AbortSignal,
): Promise<{ readonly cpuMs: number; readonly said: string }> {
  // POSIX `times` prints two lines: the shell's own user and system time, and those of its children that have ended. An interruption ends hangup,
  // which then writes its record, and not the shell.
  const shell = spawn("sh", ["-c", 'trap : INT; "$0" "$@" >/dev/null; times', process.execPath, ...args], {
    // A group of its own, which gets the interruption of the bench as one.
    detached: true,
    env: { ...process.env, HANGUP_COMPILED: join(compiled, "start.js") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const interrupt = () => {
    if (shell.pid !== undefined) process.kill(-shell.pid, "SIGINT");
  };
  signal.addEventListener("abort", interrupt, { once: true });
  let times = "";
  let said = "";
  shell.stdout.on("data", (text: Buffer) => (times += String(text)));
  shell.stderr.on("data", (text: Buffer) => (said = (said + String(text)).slice(-2_000)));
  await once(shell, "close");
  signal.removeEventListener("abort", interrupt);
  const cpuMs = childrensMsIn(times);
  if (cpuMs === undefined) throw new Error(`the shell printed no processor times. The run said:\n${said}`);
  return { cpuMs, said };
}

/** Returns the children's time in the output of POSIX `times`; undefined if it has another form. */
export function childrensMsIn(times: string): number | undefined {
  const [, children = ""] = times.trim().split("\n");
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) return undefined;
  return parts.reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1_000,
    0,
  );
}
