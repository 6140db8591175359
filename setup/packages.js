import { rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { lockPath, SetupError } from "./context.js";
import { judgePackages, thisHost } from "./freshness.js";
import { withLock } from "./lock.js";
import { readStamp, updateStamp } from "./stamp.js";

/** A slow line needs minutes for some 150 MB; more than this is a hang. */
const INSTALL_MS_MAX = 15 * 60_000;

/** npm says what is wrong first; a build's output may follow. */
const LINES_MAX = 40;
/** Where npm's help on every option begins, which it adds to an error of use. */
const NPM_HELP = "\nnpm error Usage:";

/** @typedef {import("./context.js").Context} Context */

/**
 * Installs the locked packages when they are missing or stale.
 * @param {Context} context
 * @param {import("./freshness.js").Host} [host]
 * @throws {SetupError} when npm fails
 */
export async function preparePackages(context, host = thisHost()) {
  const { project } = context;
  const { stale, fingerprint } = judgePackages(project, host);
  if (stale === null) {
    if (readStamp(project).packages !== fingerprint) updateStamp(project, { packages: fingerprint });
    return;
  }
  await withLock(lockPath(project), context, async () => {
    const { stale } = judgePackages(project, host);
    if (stale === null) return;
    await install(context, stale);
    updateStamp(project, { packages: judgePackages(project, host).fingerprint });
  });
}

/**
 * @param {Context} context
 * @param {string} why
 */
async function install(context, why) {
  const { project, say } = context;
  say(`installing the locked packages with npm ci (${why}) ...`);
  forgetInstalled(project);
  const npm = npmCommand(context);
  // Development packages whatever NODE_ENV says, optional ones for the binaries of this platform.
  const flags = ["--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const ended = await context.run(npm.command, [...npm.args, "ci", ...flags], {
    cwd: project,
    env: context.env,
    timeoutMs: INSTALL_MS_MAX,
    signal: context.signal,
  });
  if (!ended.ok) {
    throw new SetupError(
      `npm ci failed (${ended.how}, after ${ended.seconds.toFixed(1)} s). ${words(ended.output)}\n` +
        "Check the network and npm's registry settings (npm config list), then run again. " +
        "Where package.json was changed by hand, run npm install first.",
    );
  }
  say(`packages installed in ${ended.seconds.toFixed(1)} s`);
}

/**
 * What vouches for the old packages goes first, so that an interrupted install can't pass for a complete one.
 * @param {string} project
 */
function forgetInstalled(project) {
  try {
    for (const name of [".hangup-setup.json", ".package-lock.json"]) {
      rmSync(join(project, "node_modules", name), { force: true });
    }
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new SetupError(`can't replace the packages: ${what}. Let this user write there, then run again.`);
  }
}

/** @param {string} output */
function words(output) {
  if (output.trim() === "") return "It said nothing.";
  const [message = ""] = output.split(NPM_HELP);
  const lines = message.trimEnd().split("\n");
  const more = lines.length > LINES_MAX ? [`(and ${lines.length - LINES_MAX} lines more)`] : [];
  return ["What it said:", ...lines.slice(0, LINES_MAX), ...more].join("\n");
}

/**
 * The npm that called us, else the one on the PATH. On Windows that one is a script, which only a shell can start, so
 * there it is the npm that comes with Node.
 * @param {Pick<Context, "env" | "platform">} context
 */
export function npmCommand({ env, platform }) {
  const caller = env["npm_execpath"] ?? "";
  if (basename(caller) === "npm-cli.js") return { command: process.execPath, args: [caller] };
  if (platform !== "win32") return { command: "npm", args: [] };
  return {
    command: process.execPath,
    args: [join(dirname(process.execPath), "node_modules/npm/bin/npm-cli.js")],
  };
}
