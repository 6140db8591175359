import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import process from "node:process";

/** Codes of errors that say: this user may not write here. */
export const DENIED = new Set(["EACCES", "EPERM", "EROFS"]);

/**
 * @param {unknown} error
 * @returns {string} the error's `code`, such as "ENOENT"
 */
export function codeOf(error) {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** @param {string} line */
export function say(line) {
  process.stderr.write(`setup: ${line}\n`);
}

/**
 * Runs a command and passes its output to stderr: all of it, or the lines that match `shown`. An interrupt ends the
 * command, then this process.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 * @param {RegExp} [shown]
 * @returns {Promise<string | null>} the failure, such as "exit code 1", or null
 */
export async function run(command, args, options, shown) {
  // On Windows npm is a script, which only a shell can start.
  const shell = process.platform === "win32" && command === "npm";
  const output = shown === undefined ? 2 : "pipe";
  const child = spawn(command, args, { ...options, shell, stdio: ["ignore", output, output] });
  for (const input of [child.stdout, child.stderr]) {
    if (input === null) continue;
    createInterface({ input }).on("line", (line) => {
      if (shown?.test(line) === true) process.stderr.write(`${line}\n`);
    });
  }
  let interrupt = "";
  for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.once(name, () => {
      interrupt = name;
      child.kill(name);
    });
  }
  /** @type {unknown[]} */
  const [code, signal] = await once(child, "close").catch((/** @type {unknown} */ error) => [String(error)]);
  if (interrupt !== "") {
    say(`interrupted by ${interrupt}`);
    process.exit(130);
  }
  if (code === 0) return null;
  return typeof code === "number" ? `exit code ${code}` : String(code ?? signal);
}
