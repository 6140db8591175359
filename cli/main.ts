import { inspect } from "node:util";
import { Command, CommanderError } from "commander";
import { secrets } from "../harness/secrets/secrets.ts";
import { commands } from "./commands/index.ts";
import { wrappedFor } from "./output/terminal-width.ts";
import { exitCodes, InterruptedError, UnreachableError, UsageError } from "./exit.ts";
import { version } from "./version.ts";

/** Parses the command line, carries the command out, and ends the process with its exit code. */
export async function main(args: readonly string[]): Promise<never> {
  let exitCode: number = exitCodes.conformant;
  // Node ends with 1 on these events. To callers, 1 means that the server is not conformant.
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    process.on(event, (error: unknown) => process.exit(reportError(error)));
  }
  try {
    const program = await programFor(args, (code) => (exitCode = code));
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    exitCode = reportError(error);
  }
  // process.exit() drops output that a pipe has not taken yet.
  await new Promise((written) => process.stdout.write("", written));
  process.exit(exitCode);
}

/** Creates a program that lists all commands and defines the one that is called. */
async function programFor(
  args: readonly string[],
  setExitCode: (exitCode: number) => void,
): Promise<Command> {
  const program = new Command("hangup")
    .description("Tests whether a STOMP server (SockJS or WebSocket) notices that a client is gone.")
    .addHelpText("after", "\nPaths are relative to the folder where you call hangup, also through `npm run`.")
    .version(version)
    .exitOverride()
    .showHelpAfterError("(`hangup help` lists the commands)");
  const [called] = args.filter((arg) => arg !== "help" && !arg.startsWith("-"));
  for (const { name, summary, load } of commands) {
    const command = program.command(name).summary(summary);
    if (name === called) (await load()).define(command, setExitCode);
  }
  return program;
}

/** Prints an error and returns its exit code. */
function reportError(error: unknown): number {
  // Commander has printed its own errors. Help and version also arrive here, with exit code 0.
  // The reader of standard output has read enough, such as `head`.
  if (error instanceof Error && "code" in error && error.code === "EPIPE") return exitCodes.incomplete;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
  if (error instanceof InterruptedError) return error.exitCode;
  if (error instanceof UsageError || error instanceof UnreachableError) {
    const words = `hangup: ${secrets.mask(error.message)}`;
    // Outside a terminal an error stays on its lines, so that a log can be searched for it.
    console.error(process.stderr.isTTY ? wrappedFor(process.stderr, words) : words);
    return error.exitCode;
  }
  console.error(`hangup: internal error, please report it: ${secrets.mask(inspect(error))}`);
  return exitCodes.incomplete;
}
