import { addExamples, type DefineCommand } from "../command.ts";
import type { CompareArguments } from "../records/compare.ts";

export const define: DefineCommand = (command, setExitCode) => {
  command
    .description("Writes one HTML report that shows several servers side by side.")
    .argument("<run...>", "folders of the runs, or their report.json")
    .option("--out <file>", "file of the comparison", "hangup-comparison.html");
  addExamples(command, { "hangup compare spring-report node-report": "compare two servers" });
  command.action(async (paths: string[], options: CompareArguments) => {
    const { compare } = await import("../records/compare.ts");
    setExitCode(await compare(paths, options));
  });
};
