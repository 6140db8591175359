import { Option } from "commander";
import { addExamples, browserOption, type DefineCommand } from "../command.ts";
import { durationMs, positiveInteger, positiveNumber, shard, wholeNumber } from "../option-values.ts";
import { addReportOptions } from "../output/report-options.ts";
import type { RunArguments } from "../run/context.ts";

export const define: DefineCommand = (command, setExitCode) => {
  command
    .description("Runs the suite on a server and writes a report.")
    .option("--url <url>", "address of the SockJS or WebSocket endpoint")
    .option("--profile <file>", "profile (default: hangup.config.ts, .js or .json)")
    .option("--reference", "built-in reference server as the target")
    .option("--grep <pattern>", "only cases whose id or title matches this expression")
    .option("--requirement <id>", "only cases that judge this requirement")
    .addOption(
      new Option("--tier <tier>", "few cases, all (default), or all repeatedly").choices([
        "quick",
        "full",
        "soak",
      ]),
    )
    .option("--minutes <n>", "duration of --tier soak (default: 10)", positiveNumber)
    .option("--seed <n>", "seed of the random histories", wholeNumber)
    .option("--runs <n>", "random histories (default: 40; quick tier: 0)", wholeNumber)
    .option("--silent-within <duration>", "deadline of a silent drop: 20s, 1500ms (default: 60s)", durationMs)
    .option("--workers <n>", "cases that act at the same time (32; 8 elsewhere)", positiveInteger)
    .addOption(browserOption())
    .option("--out <dir>", "folder of the report", "hangup-report")
    .option("--shard <i/n>", "only part i of n, for `hangup merge`", shard)
    .option("--strict", "treat SHOULD as MUST")
    .option("--no-preflight", "skip the examination of the server before the run")
    .option("--failed", "only what failed or was inconclusive in the run in --out")
    .addOption(new Option("--fail-fast", "end at the first failed case").conflicts("maxFailures"))
    .option("--max-failures <n>", "end after n failed cases", positiveInteger);
  addReportOptions(command);
  addExamples(command, {
    "hangup run --url http://localhost:8080/ws": "test the server at this address",
    "hangup run --tier quick --grep leave/close": "run some cases, with hangup.config.ts",
    "hangup run --baseline known.json": "fail only for failures that are not known",
    "hangup run --failed": "run again what failed last time",
  });
  command.action(async (options: RunArguments) => {
    const { run } = await import("../run/run.ts");
    setExitCode(await run(options));
  });
};
