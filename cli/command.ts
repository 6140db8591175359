import { Option, type Command } from "commander";

/** Sets the exit code of the process. A command that does not call it ends with 0. */
export type SetExitCode = (exitCode: number) => void;

/** Adds a command's arguments, options, examples and action to its entry in the program. */
export type DefineCommand = (command: Command, setExitCode: SetExitCode) => void;

/** Adds examples to a command's help: a command line, and its purpose. */
export function addExamples(command: Command, examples: Readonly<Record<string, string>>): void {
  const lines = Object.entries(examples).map(([line, purpose]) => `  ${line}\n      ${purpose}`);
  command.addHelpText("after", `\nExamples:\n${lines.join("\n")}`);
}

/** Creates `--browser`, which `run` and `mutants` take. */
export const browserOption = (): Option =>
  new Option("--browser <name>", "browser for browser cases (default: the one found)").choices([
    "chromium",
    "none",
  ]);
