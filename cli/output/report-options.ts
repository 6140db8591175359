import type { Command } from "commander";
import { reporterHelp } from "./reporters.ts";

/** Adds the options for reporters and for the baseline. */
export function addReportOptions(command: Command): void {
  command
    .option("--reporter <names>", "reporters, separated by commas; see below")
    .option("--json", "run record on standard output, nothing else there")
    .option("--baseline <file>", "accept the known failures in this file")
    .option("--update-baseline", "write the failures of this run into that file")
    .addHelpText("after", `\n${reporterHelp()}`);
}
