import type { ReplayArguments } from "../cases/replay.ts";
import { addExamples, type DefineCommand } from "../command.ts";
import { positiveInteger } from "../option-values.ts";

export const define: DefineCommand = (command, setExitCode) => {
  command
    .description("Plays a stored counterexample again and tells whether it still fails.")
    .argument("<file>", "file from a run's replays/ folder")
    .option("--url <url>", "address of the SockJS or WebSocket endpoint")
    .option("--profile <file>", "profile (default: hangup.config.ts, .js or .json)")
    .option("--runs <n>", "repetitions at the same time; races fail only sometimes", positiveInteger, 10);
  addExamples(command, {
    "hangup replay hangup-report/replays/any-history-7-3.json": "play history 3 of seed 7",
  });
  command.action(async (file: string, options: ReplayArguments) => {
    const { replay } = await import("../cases/replay.ts");
    setExitCode(await replay(file, options));
  });
};
