import { addExamples, browserOption, type DefineCommand } from "../command.ts";
import type { MutantsArguments } from "../mutants/mutants.ts";

export const define: DefineCommand = (command, setExitCode) => {
  command
    .description("Runs the suite on servers that are broken on purpose. Fails if one goes unnoticed.")
    .option("--all", "every case on every mutant, not only the related ones")
    .option("--mutant <name...>", "only these mutants")
    .addOption(browserOption())
    .option("--out <dir>", "folder of kill-matrix.json", "hangup-mutants");
  addExamples(command, { "hangup mutants --mutant announces-leave-twice": "run the suite on one mutant" });
  command.action(async (options: MutantsArguments) => {
    const { mutants } = await import("../mutants/mutants.ts");
    setExitCode(await mutants(options));
  });
};
