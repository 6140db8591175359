import type { Hints } from "./diagnosis/doctor.ts";
import type { InitArguments } from "./diagnosis/init.ts";
import type { CompareArguments } from "./records/compare.ts";
import type { MergeArguments } from "./records/merge.ts";
import type { MutantsArguments } from "./mutants/mutants.ts";
import type { RecheckArguments } from "./records/recheck.ts";
import type { ListArguments, Listed } from "./listing/list.ts";
import type { ReplayArguments } from "./cases/replay.ts";
import type { RunArguments } from "./run/run.ts";
import { addServerOptions, serverOptions } from "./target/serve-options.ts";
import type { ServeArguments } from "./commands/serve.ts";
import { inspect } from "node:util";
import { secrets } from "../harness/secrets/secrets.ts";
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { exitCodes, InterruptedError, UnreachableError, UsageError } from "./exit.ts";
import { version } from "./version.ts";

/**
 * The command line: parses, carries out, and ends the process with the exit code. Each command's own code is loaded
 * only when it is called.
 */
export async function main(args: string[]): Promise<never> {
  let exitCode: number = exitCodes.conformant;
  // Left to Node these would end with 1, which says that the target is not conformant.
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    process.on(event, (error: unknown) => process.exit(tell(error)));
  }
  const program = new Command("hangup")
    .description("Finds out whether a STOMP-over-SockJS/WebSocket server notices that a client is gone.")
    .addHelpText(
      "after",
      "\nPaths are relative to where you call it, also through `npm run` or `npm --prefix`.",
    )
    .version(version)
    .exitOverride()
    .showHelpAfterError("(`hangup help` lists what there is)");
  addRun(program, (code) => (exitCode = code));
  addServe(program);
  addDoctor(program, (code) => (exitCode = code));
  addMutants(program, (code) => (exitCode = code));
  addReplay(program, (code) => (exitCode = code));
  addRecords(program, (code) => (exitCode = code));
  addList(program);
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    exitCode = tell(error);
  }
  // What was written to a pipe must be through before the process ends.
  await new Promise((written) => process.stdout.write("", written));
  process.exit(exitCode);
}

function addRun(program: Command, conclude: (exitCode: number) => void): void {
  const command = program
    .command("run", { isDefault: false })
    .description("runs the suite on a target")
    .option("--url <url>", "the target's endpoint, as a page gives it to SockJS")
    .option(
      "--profile <file>",
      "the target's profile (default: hangup.config.ts, .js or .json, where there is one)",
    )
    .option("--reference", "the built-in reference server as the target")
    .option("--grep <pattern>", "only cases whose id or title matches this regular expression")
    .option("--requirement <id>", "only cases that judge this requirement")
    .addOption(
      new Option(
        "--tier <tier>",
        "quick: few cases that cover much; full: all of them (default); soak: again and again",
      ).choices(["quick", "full", "soak"]),
    )
    .option("--minutes <n>", "how long --tier soak begins new rounds (default: 10)", positiveNumber)
    .option("--seed <n>", "where histories are drawn from; the same again gives the same", wholeNumber)
    .option(
      "--runs <n>",
      "how many histories of each property (default: 40; 0 with --tier quick)",
      wholeNumber,
    )
    .option(
      "--silent-within <duration>",
      "deadline of a silent drop for this run: 20s, 1500ms, 1m (default: 60s)",
      duration,
    )
    .option("--workers <n>", "how many cases run side by side at most (default: 32)", positiveInteger)
    .addOption(
      new Option("--browser <name>", "which browser; chosen by what is there when left out").choices([
        "chromium",
        "none",
      ]),
    )
    .option("--out <dir>", "where the report goes", "hangup-report")
    .option("--shard <i/n>", "only the i-th of n parts, all about equally long; merge joins them", shard)
    .option("--strict", "a SHOULD counts as a MUST")
    .option("--no-preflight", "runs the cases without a look at the target first");
  withReports(command).action(async (options: RunArguments) => {
    const { run } = await import("./run/run.ts");
    conclude(await run(options));
  });
}

/** How a run is told, and what it is held against. */
const withReports = (command: Command): Command =>
  command
    .option(
      "--reporter <names>",
      "how it is told, in place of terminal,html,junit,ctrf,markdown: these, json, tap, github; several with commas",
    )
    .option("--json", "the run record on standard output, and nothing else there")
    .option("--baseline <file>", "known failures, which are accepted: only what is worse fails the run")
    .option("--update-baseline", "writes what fails into that file");

/** What works on the records of runs that are over. */
function addRecords(program: Command, conclude: (exitCode: number) => void): void {
  program
    .command("recheck")
    .description("judges the stored histories of a run again, without a target")
    .argument("<file...>", "a run's folder, its report.json, or single histories")
    .option("--baseline <file>", "known failures, as for run")
    .option("--out <dir>", "writes the run's report anew, into this folder")
    .action(async (files: string[], options: RecheckArguments) => {
      const { recheck } = await import("./records/recheck.ts");
      conclude(await recheck(files, options));
    });
  program
    .command("diff")
    .description("one target, two runs: what got worse, what got better")
    .argument("<before>", "a run's folder, or its report.json")
    .argument("<after>", "the same of a later one")
    .action(async (before: string, after: string) => {
      const { diff } = await import("./records/diff.ts");
      conclude(await diff(before, after));
    });
  program
    .command("compare")
    .description("several targets side by side in one report")
    .argument("<run...>", "the runs' folders, or their report.json")
    .option("--out <file>", "where it goes", "hangup-comparison.html")
    .action(async (paths: string[], options: CompareArguments) => {
      const { compare } = await import("./records/compare.ts");
      conclude(await compare(paths, options));
    });
  const merging = program
    .command("merge")
    .description("joins the shards of one run into its report")
    .argument("<dir...>", "the shards' folders")
    .option("--out <dir>", "where the report goes", "hangup-report");
  withReports(merging).action(async (paths: string[], options: MergeArguments) => {
    const { merge } = await import("./records/merge.ts");
    conclude(await merge(paths, options));
  });
  program
    .command("show")
    .description("opens a run's HTML report")
    .argument("[dir]", "the run's folder", "hangup-report")
    .action(async (folder: string) => {
      const { show } = await import("./commands/show.ts");
      await show(folder);
    });
}

function addReplay(program: Command, conclude: (exitCode: number) => void): void {
  program
    .command("replay")
    .description("plays a stored counterexample again: does it still fail?")
    .argument("<file>", "one of a run's replays/*.json")
    .option("--url <url>", "the target's endpoint, as a page gives it to SockJS")
    .option("--profile <file>", "the target's profile")
    .option("--runs <n>", "how often, side by side: not every race is lost every time", positiveInteger, 10)
    .action(async (file: string, options: ReplayArguments) => {
      const { replay } = await import("./cases/replay.ts");
      conclude(await replay(file, options));
    });
}

function addList(program: Command): void {
  program
    .command("list")
    .description("scenarios, the requirements that they judge, and what each is asked in")
    .addArgument(
      new Argument("[what]", "all of it when left out").choices(["scenarios", "requirements", "grid"]),
    )
    .option("--url <url>", "a target's endpoint: says what can't be asked of it, and why")
    .option("--profile <file>", "the same, of the target that a profile describes")
    .option("--json", "as JSON")
    .action(async (what: Listed | undefined, options: ListArguments) => {
      const { list } = await import("./listing/list.ts");
      await list(what, options);
    });
}

function addDoctor(program: Command, conclude: (exitCode: number) => void): void {
  const withHints = (command: Command) =>
    command
      .option(
        "--url <url>",
        "the target's endpoint, as a page gives it to SockJS, or its WebSocket's address",
      )
      .option("--profile <file>", "what is known already (default: hangup.config.ts, .js or .json, if there)")
      .option("--topic <destination...>", "where others hear who comes and goes")
      .option("--identify <destination>", "where a client sends a message that says who it is")
      .option("--body <text>", "that message, with {client} for its name and {sessionId} for its session id")
      .option("--patience <seconds>", "for how long to watch what takes its time", positiveInteger, 9);
  withHints(program.command("doctor"))
    .description("looks at a target, says what it found and what to switch on")
    .option("--json", "all that was found, as JSON")
    .action(async (options: Hints & { json?: boolean }) => {
      const { doctor } = await import("./diagnosis/doctor.ts");
      conclude(await doctor(options));
    });
  withHints(program.command("init"))
    .description("writes a profile for a target, from what the doctor saw and a few questions")
    .option("--out <file>", "where the profile goes", "hangup.config.ts")
    .option("--force", "write over a file that is there")
    .option("--run", "run the suite with it at once")
    .option("--no-run", "do not ask whether to")
    .action(async (options: InitArguments) => {
      const { init } = await import("./diagnosis/init.ts");
      conclude(await init(options));
    });
}

function addMutants(program: Command, conclude: (exitCode: number) => void): void {
  program
    .command("mutants")
    .description("finds out whether the suite finds servers out that are broken on purpose")
    .option("--all", "every case against every mutant, not only those of what it breaks")
    .option("--mutant <name...>", "only this one")
    .addOption(
      new Option("--browser <name>", "which browser; chosen by what is there when left out").choices([
        "chromium",
        "none",
      ]),
    )
    .option("--out <dir>", "where the kill matrix goes", "hangup-mutants")
    .action(async (options: MutantsArguments) => {
      const { mutants } = await import("./mutants/mutants.ts");
      conclude(await mutants(options));
    });
}

function addServe(program: Command): void {
  const command = program
    .command("serve")
    .description("the reference server by itself; prints one ready line with its address")
    .option("--mutant <name>", "with this deliberate defect")
    .option("--quiet", "no session events on standard error");
  addServerOptions(command);
  command.action(async (options: ServeArguments & Record<string, unknown>) => {
    const { serve } = await import("./commands/serve.ts");
    await serve(options, serverOptions(options));
  });
}

function shard(text: string): RunArguments["shard"] {
  const [, index, of] = (/^(\d{1,3})\/(\d{1,3})$/.exec(text) ?? []).map(Number);
  if (index === undefined || of === undefined || index < 1 || index > of)
    throw new InvalidArgumentError("It must be i/n, such as 1/4.");
  return { index, of };
}

/** Reads `20s`, `1500ms` or `1m` as milliseconds, from 1 ms to an hour, as for every deadline of a profile. */
function duration(text: string): number {
  const [, number, unit = "s"] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text) ?? [];
  const factors: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };
  const ms = Math.round(Number(number) * (factors[unit] ?? 1));
  if (!(ms >= 1 && ms <= 3_600_000))
    throw new InvalidArgumentError("It must be a duration from 1ms to 60m, such as 20s.");
  return ms;
}

function positiveNumber(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number <= 0) throw new InvalidArgumentError("It must be a number above 0.");
  return number;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number >= 2 ** 31)
    throw new InvalidArgumentError("It must be a whole number from 0 to 2147483647.");
  return number;
}

function positiveInteger(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError("It must be a whole number from 1 on.");
  return number;
}

/** Says what went wrong, in one place, and gives the exit code for it. */
function tell(error: unknown): number {
  // Commander has told of its own already; help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
  if (error instanceof InterruptedError) return error.exitCode;
  if (error instanceof UsageError || error instanceof UnreachableError) {
    console.error(`hangup: ${secrets.mask(error.message)}`);
    return error.exitCode;
  }
  console.error(`hangup: a defect of hangup itself, please report it: ${secrets.mask(inspect(error))}`);
  return exitCodes.incomplete;
}
