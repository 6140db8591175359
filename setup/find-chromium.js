import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const { env, platform } = process;
/** The note lies in node_modules, so `npm ci` removes it. */
const NOTE = fileURLToPath(new URL("../node_modules/.hangup-chromium.json", import.meta.url));
// The installed package has no setup.
const RETRY = existsSync(new URL("prepare.js", import.meta.url))
  ? "npm run setup -- --retry-browser"
  : "npx playwright install chromium, or your system's package chromium";
const COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const MAC_APPS = ["Chromium", "Google Chrome", "Microsoft Edge"];
const WINDOWS_FOLDERS = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"];
const WINDOWS_PROGRAMS = ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"];

/**
 * Results that setup keeps between runs.
 * @typedef {object} Note
 * @property {string} [starts] path of a Chromium that printed its version
 * @property {string[]} broken paths of Chromiums that did not
 * @property {string} [failure] day and reason when none could be installed
 */

/**
 * Finds a Chromium without starting it: first HANGUP_CHROMIUM, then the one that setup saw start, then Playwright's, then
 * the system's.
 * @returns {string | null} its path; null when there is none, or HANGUP_CHROMIUM is "none"
 * @throws {Error} when HANGUP_CHROMIUM names no program
 */
export function findChromium() {
  const given = env["HANGUP_CHROMIUM"] ?? "";
  if (given === "none") return null;
  if (given !== "") return givenProgram(given);
  const { starts = "", broken } = readNote();
  if (isProgram(starts)) return starts;
  const candidates = [...playwrightPrograms(), ...systemPrograms()];
  return candidates.find((path) => isProgram(path) && !broken.includes(path) && !isSnap(path)) ?? null;
}

/**
 * Explains a null of `findChromium`.
 * @returns {string} one line, with the fix
 */
export function whyNoChromium() {
  if (env["HANGUP_CHROMIUM"] === "none") return "HANGUP_CHROMIUM=none: no browser was wanted";
  const { failure } = readNote();
  return `no Chromium found${failure === undefined ? "" : ` (${failure})`}. To install one: ${RETRY}`;
}

/** @returns {Note} */
export function readNote() {
  try {
    const note = /** @type {unknown} */ (JSON.parse(readFileSync(NOTE, "utf8")));
    return /** @type {Note} */ (note);
  } catch {
    return { broken: [] };
  }
}

/** @param {Note} note */
export function writeNote(note) {
  try {
    writeFileSync(NOTE, JSON.stringify(note));
  } catch {
    // node_modules is missing or read-only: the next run searches again.
  }
}

/** @param {string} given */
function givenProgram(given) {
  // npm runs scripts in the project's folder. INIT_CWD is the folder in which the user called npm.
  const path = resolve(env["INIT_CWD"] ?? "", given);
  if (isProgram(path)) return path;
  throw new Error(
    `HANGUP_CHROMIUM is "${given}", but ${path} is not an executable file. Set it to the path of a Chromium, ` +
      'to "none" to run without a browser, or unset it to let hangup search for one.',
  );
}

/** Lists Playwright's own Chromium, then those of other Playwright versions. */
function playwrightPrograms() {
  try {
    /** @type {unknown} */
    const playwright = createRequire(import.meta.url)("playwright");
    const own = /** @type {typeof import("playwright")} */ (playwright).chromium.executablePath();
    const [, folder = "", kind = "", program = ""] = /^(.*)(chromium\w*-)\d+(.*)$/.exec(own) ?? [];
    const names = readdirSync(folder).filter((name) => name.startsWith(kind));
    // Playwright writes the marker file at the end of a download.
    const complete = names.filter((name) => readdirSync(folder + name).includes("INSTALLATION_COMPLETE"));
    const programs = complete.map((name) => folder + name + program);
    return programs.sort((a, b) => Number(b === own) - Number(a === own));
  } catch {
    return []; // The packages are not installed, or Playwright has downloaded nothing.
  }
}

function systemPrograms() {
  if (platform === "darwin")
    return MAC_APPS.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  if (platform === "win32") {
    const folders = WINDOWS_FOLDERS.flatMap((name) => env[name] ?? []);
    return WINDOWS_PROGRAMS.flatMap((program) => folders.map((folder) => join(folder, program)));
  }
  return COMMANDS.flatMap(onPath);
}

/** @param {string} command */
export function onPath(command) {
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, command)).filter(isProgram);
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Recognizes a snap, also behind a short script such as Ubuntu's `chromium-browser`. Playwright can't drive it, since a
 * snap has a /tmp of its own.
 * @param {string} path
 */
function isSnap(path) {
  if (realpathSync(path).endsWith("/snap")) return true;
  return statSync(path).size < 65_536 && readFileSync(path, "utf8").includes("/snap/bin/");
}
