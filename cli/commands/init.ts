import { addExamples, type DefineCommand } from "../command.ts";
import type { InitArguments } from "../diagnosis/init.ts";
import { addHintOptions } from "./doctor.ts";

export const define: DefineCommand = (command, setExitCode) => {
  addHintOptions(
    command.description("Examines a server and writes a profile. On a terminal it asks for what is missing."),
  );
  command
    .option("--out <file>", "file of the profile", "hangup.config.ts")
    .option("--force", "overwrite an existing file")
    .option("--run", "run the suite afterwards")
    .option("--no-run", "do not offer to run the suite");
  addExamples(command, {
    "hangup init --url http://localhost:8080/ws": "write hangup.config.ts",
  });
  command.action(async (options: InitArguments) => {
    const { init } = await import("../diagnosis/init.ts");
    setExitCode(await init(options));
  });
};
