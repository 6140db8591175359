import { addExamples, type DefineCommand } from "../command.ts";
import type { RecheckArguments } from "../records/recheck.ts";

export const define: DefineCommand = (command, setExitCode) => {
  command
    .description("Judges the stored histories of a run again, without the server.")
    .argument("<file...>", "folder of a run, its report.json, or single histories")
    .option("--profile <file>", "config with the run's own scenarios")
    .option("--baseline <file>", "known failures, as for `hangup run`")
    .option("--out <dir>", "folder for the new report (default: no report)");
  addExamples(command, { "hangup recheck hangup-report": "show which verdicts change" });
  command.action(async (files: string[], options: RecheckArguments) => {
    const { recheck } = await import("../records/recheck.ts");
    setExitCode(await recheck(files, options));
  });
};
