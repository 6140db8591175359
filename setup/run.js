import { spawn } from "node:child_process";
import process from "node:process";

/** Enough of a command's output to explain a failure, in UTF-16 units. */
const OUTPUT_LENGTH_MAX = 65_536;
/** After a command's end, how long its output may stay open: a daemon that it left behind can hold it for ever. */
const DRAIN_MS = 500;

/**
 * @typedef {object} RunOptions
 * @property {number} timeoutMs then the command and its children are ended
 * @property {string} [cwd]
 * @property {Readonly<Record<string, string | undefined>>} [env]
 * @property {number} [graceMs] between asking to end and killing; 3,000 unless told
 * @property {AbortSignal} [signal] aborted on interrupt: the command is ended and `run` rejects with the signal's reason
 * @property {(output: string) => boolean} [hopeless] looks at the output so far; true ends the command at once
 */

/**
 * @typedef {object} Ended
 * @property {boolean} ok whether it ended by itself with exit code 0
 * @property {string} how such as "exit code 1", "SIGKILL", "stopped after 300 s"
 * @property {string} output the last part of stdout and stderr, as they came
 * @property {number} seconds
 */

/**
 * Runs a command without input, in a process group of its own, so that its children end with it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @returns {Promise<Ended>} rejects only on interrupt; a command that can't be started is a failure like any other
 */
export async function run(command, args, options) {
  const { timeoutMs, graceMs = 3_000, signal, hopeless = () => false } = options;
  signal?.throwIfAborted();
  const startedAt = performance.now();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: process.platform !== "win32",
    windowsHide: true,
    stdio: ["ignore", "pipe", "pipe"],
  });

  let output = "";
  let stopped = /** @type {string | null} */ (null);
  /** @param {string} why */
  const stop = (why) => {
    if (stopped !== null) return;
    stopped = why;
    endTree(child, graceMs);
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      output = (output + text).slice(-OUTPUT_LENGTH_MAX);
      if (hopeless(output)) stop("given up");
    });
  }
  const timer = setTimeout(() => stop(`stopped after ${timeoutMs / 1000} s`), timeoutMs);
  const onInterrupt = () => stop("interrupted");
  signal?.addEventListener("abort", onInterrupt);
  const how = await ending(child);
  clearTimeout(timer);
  signal?.removeEventListener("abort", onInterrupt);
  if (stopped !== null) killGroup(child, "SIGKILL");
  signal?.throwIfAborted();
  const ok = stopped === null && how === "exit code 0";
  return { ok, how: stopped ?? how, output, seconds: (performance.now() - startedAt) / 1000 };
}

/**
 * @typedef {import("node:child_process").ChildProcessByStdio<null, import("node:stream").Readable, import("node:stream").Readable>} Child
 */

/**
 * @param {Child} child
 * @returns {Promise<string>} how it ended
 */
function ending(child) {
  return new Promise((resolve) => {
    let how = "";
    const done = () => {
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(how);
    };
    child.once("error", (error) => {
      how = error.message;
      done();
    });
    child.once("exit", (code, signalName) => {
      how = signalName ?? `exit code ${String(code)}`;
      setTimeout(done, DRAIN_MS).unref();
    });
    child.once("close", done);
  });
}

/**
 * Asks a command and its children to end, and kills what is left after the grace.
 * @param {Child} child
 * @param {number} graceMs
 */
function endTree(child, graceMs) {
  killGroup(child, "SIGTERM");
  const timer = setTimeout(() => killGroup(child, "SIGKILL"), graceMs);
  child.once("exit", () => clearTimeout(timer));
}

/**
 * @param {Child} child
 * @param {NodeJS.Signals} signalName
 */
function killGroup(child, signalName) {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    spawn("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" }).on("error", () => {
      child.kill();
    });
    return;
  }
  try {
    process.kill(-child.pid, signalName);
  } catch {
    // The whole group is gone already.
  }
}
