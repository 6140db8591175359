import { Argument } from "commander";
import { addExamples, type DefineCommand } from "../command.ts";
import type { ListArguments, ListPart } from "../listing/list.ts";

export const define: DefineCommand = (command) => {
  command
    .description("Lists scenarios, the requirements that they judge, and the cases of each scenario.")
    .addArgument(
      new Argument("[what]", "part to list (default: all)").choices(["scenarios", "requirements", "grid"]),
    )
    .option("--url <url>", "server whose missing features rule cases out")
    .option("--profile <file>", "profile of that server")
    .option("--json", "the list as JSON");
  addExamples(command, {
    "hangup list requirements": "list the requirements with their sources",
    "hangup list grid --profile hangup.config.ts": "show which cases this server can run",
  });
  command.action(async (what: ListPart | undefined, options: ListArguments) => {
    const { list } = await import("../listing/list.ts");
    await list(what, options);
  });
};
