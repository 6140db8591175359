import { addExamples, type DefineCommand } from "../command.ts";
import { addReportOptions } from "../output/report-options.ts";
import type { MergeArguments } from "../records/merge.ts";

export const define: DefineCommand = (command, setExitCode) => {
  command
    .description("Joins the shards of one run into the report of the whole run.")
    .argument("<dir...>", "folders of the shards")
    .option("--out <dir>", "folder of the report", "hangup-report");
  addReportOptions(command);
  addExamples(command, { "hangup merge shard-1 shard-2": "join `run --shard 1/2` and `run --shard 2/2`" });
  command.action(async (paths: string[], options: MergeArguments) => {
    const { merge } = await import("../records/merge.ts");
    setExitCode(await merge(paths, options));
  });
};
