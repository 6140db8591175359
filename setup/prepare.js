import { dirname } from "node:path";
import process from "node:process";
import { prepareChromium } from "./chromium.js";
import { Interrupted, SetupError } from "./context.js";
import { preparePackages } from "./packages.js";
import { run } from "./run.js";

const RETRY_BROWSER = "--retry-browser";

/**
 * Everything after the check of Node's version. It speaks on stderr, and only when there is something to do.
 * @param {string[]} argv
 * @returns {Promise<number>} the exit code: 0, 2 when the user has to mend something, 130 when interrupted
 */
export async function main(argv) {
  const interrupt = new AbortController();
  for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(name, () => {
      interrupt.abort(new Interrupted(`interrupted by ${name}`));
    });
  }
  /** @type {import("./context.js").Context} */
  const context = {
    project: dirname(import.meta.dirname),
    env: process.env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    say,
    run,
    signal: interrupt.signal,
  };
  try {
    const unknown = argv.find((argument) => argument !== RETRY_BROWSER);
    if (unknown !== undefined) {
      throw new SetupError(`unknown argument ${unknown}; the only one is ${RETRY_BROWSER}`);
    }
    await preparePackages(context);
    await prepareChromium(context, { retry: argv.includes(RETRY_BROWSER) });
    return 0;
  } catch (error) {
    const cause = /** @type {unknown} */ (interrupt.signal.aborted ? interrupt.signal.reason : error);
    say(cause instanceof Error ? cause.message : String(cause));
    return interrupt.signal.aborted ? 130 : 2;
  }
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`setup: ${line}\n`);
}
