import { addExamples, type DefineCommand } from "../command.ts";

export const define: DefineCommand = (command, setExitCode) => {
  command
    .description("Compares two runs of one server. Fails if the later run is worse.")
    .argument("<before>", "folder of the earlier run, or its report.json")
    .argument("<after>", "folder of the later run, or its report.json");
  addExamples(command, { "hangup diff main-report hangup-report": "show what a change broke or fixed" });
  command.action(async (before: string, after: string) => {
    const { diff } = await import("../records/diff.ts");
    setExitCode(await diff(before, after));
  });
};
