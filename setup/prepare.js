import { dirname } from "node:path";
import process from "node:process";
import { writeNote } from "./find-chromium.js";
import { installChromium, isChromiumSettled } from "./install-chromium.js";
import { takeLock } from "./lock.js";
import { installPackages, stalePackages } from "./packages.js";
import { codeOf, DENIED, say } from "./run.js";

const RETRY_BROWSER = "--retry-browser";
const project = dirname(import.meta.dirname);

/**
 * Installs the packages and a Chromium where they are missing. Prints to stderr, and nothing when all is in place. Sets
 * the exit code 2 after an error.
 * @param {string[]} argv
 */
export async function main(argv) {
  try {
    await prepare(argv);
  } catch (error) {
    // Other classes, such as TypeError, are bugs: Node prints them with their stack.
    if (!(error instanceof Error) || error.constructor !== Error) throw error;
    say(
      DENIED.has(codeOf(error))
        ? `${error.message}. Run as a user who may write to ${project}.`
        : error.message,
    );
    process.exitCode = 2;
  }
}

/** @param {string[]} argv */
async function prepare(argv) {
  const unknown = argv.find((argument) => argument !== RETRY_BROWSER);
  if (unknown !== undefined)
    throw new Error(`unknown argument ${unknown}; the only argument is ${RETRY_BROWSER}`);
  if (argv.includes(RETRY_BROWSER)) writeNote({ broken: [] });
  if (stalePackages(project) === null && isChromiumSettled()) return;

  await takeLock(`${project}/setup/.lock`);
  // Another setup may have done the work while this one waited for the lock.
  const stale = stalePackages(project);
  if (stale !== null) await installPackages(project, stale);
  if (!isChromiumSettled()) await installChromium(project);
}
