import type { Command } from "commander";
import { reporterHelp } from "./reporters.ts";

/** Adds the options for reporters and for the baseline. */
export function addReportOptions(command: Command): void {
  command
    .option("--reporter <names>", "reporters, separated by commas; see below")
    .option("--json", "run record on standard output, nothing else there")
    .option("--baseline <file>", "accept what this file lists as known")
    .option("--update-baseline", "add the failures of this run to that file")
    .option("--drop-passed", "with --update-baseline: remove what passes now")
    .addHelpText("after", `\n${reporterHelp()}`);
}
