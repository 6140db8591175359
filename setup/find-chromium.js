import { homedir } from "node:os";
import { dirname, resolve } from "node:path";
import process from "node:process";
import { isProgram } from "./files.js";
import { playwrightChromiums } from "./playwright-chromiums.js";
import { readStamp } from "./stamp.js";
import { systemChromiums } from "./system-chromiums.js";

/**
 * Where to look for a browser.
 * @typedef {object} Places
 * @property {Readonly<Record<string, string | undefined>>} env
 * @property {NodeJS.Platform} platform
 * @property {string} home the user's folder
 * @property {string} root of the file system
 * @property {string} project folder of package.json
 */

/**
 * @typedef {object} FoundChromium
 * @property {string} path absolute
 * @property {"HANGUP_CHROMIUM" | "playwright" | "system"} from
 */

/** How to look for a browser once more after a failure. */
export const RETRY = "npm run setup -- --retry-browser";

/**
 * Looks for a Chromium, in a few milliseconds and without starting or changing anything: the one that the environment
 * variable HANGUP_CHROMIUM names, then Playwright's own, then the system's (snaps are passed over, and so is what setup
 * saw not to start).
 * @param {Partial<Places>} [options] this machine's unless told
 * @returns {FoundChromium | null} null when there is none, or HANGUP_CHROMIUM is "none"
 * @throws {Error} when HANGUP_CHROMIUM names no program
 */
export function findChromium(options = {}) {
  const places = placesOf(options);
  const given = places.env["HANGUP_CHROMIUM"] ?? "";
  if (given === "none") return null;
  if (given !== "") return { path: givenProgram(given, places), from: "HANGUP_CHROMIUM" };

  const { unusable = {} } = readStamp(places.project);
  /** @param {string} path */
  const isUsable = (path) => !Object.hasOwn(unusable, path) && isProgram(path);
  for (const path of playwrightChromiums(places)) if (isUsable(path)) return { path, from: "playwright" };
  for (const path of systemChromiums(places)) if (isUsable(path)) return { path, from: "system" };
  return null;
}

/**
 * Why `findChromium` found none: a reason to show beside the cases that can't be run.
 * @param {Partial<Places>} [options] this machine's unless told
 * @returns {string} one line, with the mend
 */
export function whyNoChromium(options = {}) {
  const { env, project } = placesOf(options);
  if (env["HANGUP_CHROMIUM"] === "none") return "HANGUP_CHROMIUM=none: no browser was wanted";
  const { failure } = readStamp(project);
  if (failure === undefined) return `no Chromium was found; to install one: ${RETRY}`;
  const day = failure.at.slice(0, 10);
  return `no Chromium was found, and on ${day} none could be installed: ${failure.reason}. To try again: ${RETRY}`;
}

/**
 * @param {string} given
 * @param {Places} places
 */
function givenProgram(given, { env }) {
  // npm runs scripts in the project's folder and notes in INIT_CWD where it was called.
  const path = resolve(env["INIT_CWD"] ?? "", given);
  if (isProgram(path)) return path;
  throw new Error(
    `HANGUP_CHROMIUM is "${given}", but ${path} is not a program that can be run. Set it to the path of a Chromium, ` +
      'to "none" to do without a browser, or unset it to have one looked for.',
  );
}

/**
 * @param {Partial<Places>} options
 * @returns {Places}
 */
function placesOf(options) {
  return {
    env: options.env ?? process.env,
    platform: options.platform ?? process.platform,
    home: options.home ?? homedir(),
    root: options.root ?? "/",
    project: options.project ?? dirname(import.meta.dirname),
  };
}
