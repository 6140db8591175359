import { lockPath } from "./context.js";
import { debianPackage, gist, playwrightDownload } from "./chromium-ways.js";
import { findChromium, RETRY } from "./find-chromium.js";
import { withLock } from "./lock.js";
import { readStamp, updateStamp } from "./stamp.js";

/** Starting a browser cold, from a slow disk, to print its version. */
const VERSION_MS_MAX = 30_000;

/** @typedef {import("./context.js").Context} Context */

/**
 * Makes sure of a Chromium that starts: looks, and failing that tries each way to install one. When none works, it
 * remembers why, so that the next runs don't pay again, and returns all the same: the run can go on without.
 * @param {Context} context
 * @param {{ retry: boolean }} options `retry` forgets what was remembered of failures
 * @throws {Error} when HANGUP_CHROMIUM names no program
 */
export async function prepareChromium(context, { retry }) {
  const { project } = context;
  if (context.env["HANGUP_CHROMIUM"] === "none") return;
  if (retry) updateStamp(project, { chromium: undefined, unusable: undefined, failure: undefined });
  if ((await startingChromium(context)) !== null || readStamp(project).failure !== undefined) return;
  await withLock(lockPath(project), context, async () => {
    if ((await startingChromium(context)) !== null || readStamp(project).failure !== undefined) return;
    // What comes to lie where one was before has not been seen to start.
    updateStamp(project, { chromium: undefined });
    const reason = await install(context);
    if (reason === null) return;
    updateStamp(project, { failure: { reason, at: new Date().toISOString() } });
    context.say(
      `no Chromium could be had: the browser cases will show as not-applicable. To try again: ${RETRY}`,
    );
  });
}

/**
 * @param {Context} context
 * @returns {Promise<string | null>} why none could be installed, or null
 */
async function install(context) {
  /** @type {string[]} */
  const reasons = [];
  for (const way of [playwrightDownload, debianPackage]) {
    const obstacle = way.obstacle(context);
    if (obstacle !== null) {
      reasons.push(obstacle);
      continue;
    }
    context.say(`no Chromium found: ${way.doing} ...`);
    const startedAt = performance.now();
    const failure = await way.install(context);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    if ((await startingChromium(context)) !== null) {
      context.say(`Chromium installed in ${seconds} s`);
      return null;
    }
    const reason = failure ?? `${way.name} installed no Chromium that starts`;
    context.say(`${reason}, after ${seconds} s`);
    reasons.push(reason);
  }
  const broken = Object.entries(readStamp(context.project).unusable ?? {});
  return [...broken.map(([path, why]) => `${path} does not start: ${why}`), ...reasons].join("; ");
}

/**
 * The first Chromium that prints its version; one that doesn't is told once and passed over from then on. A browser
 * whose libraries are missing is a common sight in slim container images.
 * @param {Context} context
 * @returns {Promise<string | null>}
 */
async function startingChromium(context) {
  const { project, platform, env } = context;
  for (;;) {
    const found = findChromium({ project, platform, env });
    if (found === null) return null;
    const { chromium, unusable = {} } = readStamp(project);
    // On Windows a browser asked for its version opens a window.
    if (found.from === "HANGUP_CHROMIUM" || found.path === chromium || platform === "win32")
      return found.path;
    const ended = await context.run(found.path, ["--version"], {
      timeoutMs: VERSION_MS_MAX,
      signal: context.signal,
    });
    if (ended.ok) {
      updateStamp(project, { chromium: found.path, failure: undefined });
      return found.path;
    }
    const reason = `${gist(ended.output)} (${ended.how})`;
    context.say(`${found.path} does not start, so it is passed over: ${reason}`);
    updateStamp(project, { unusable: { ...unusable, [found.path]: reason } });
    if (!Object.hasOwn(readStamp(project).unusable ?? {}, found.path)) return null;
  }
}
