import { spawn } from "node:child_process";
import { once } from "node:events";
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
 * Runs a command, which prints to our stderr. An interrupt ends the command, then this process.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<string | null>} the failure, such as "exit code 1", or null
 */
export async function run(command, args, options = {}) {
  // On Windows npm is a script, which only a shell can start.
  const shell = process.platform === "win32" && command === "npm";
  const child = spawn(command, args, { ...options, shell, stdio: ["ignore", 2, 2] });
  let interrupt = "";
  for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.once(name, () => {
      interrupt = name;
      child.kill(name);
    });
  }
  /** @type {unknown[]} */
  const [code, signal] = await once(child, "exit").catch((/** @type {unknown} */ error) => [String(error)]);
  if (interrupt !== "") {
    say(`interrupted by ${interrupt}`);
    process.exit(130);
  }
  if (code === 0) return null;
  return typeof code === "number" ? `exit code ${code}` : String(code ?? signal);
}
