import { readFileSync, realpathSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { isProgram } from "./files.js";

/** @typedef {import("./find-chromium.js").Places} Places */

/** Names on the PATH, the plainest browser first. */
const COMMANDS = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "google-chrome-beta",
  "microsoft-edge",
  "microsoft-edge-stable",
];
const MAC_BUNDLES = ["Chromium", "Google Chrome", "Microsoft Edge"];
const WINDOWS_PROGRAMS = [
  "Chromium/Application/chrome.exe",
  "Google/Chrome/Application/chrome.exe",
  "Microsoft/Edge/Application/msedge.exe",
];

/** A wrapper script that starts a browser is a few kB; a browser is far larger than this, in bytes. */
const SCRIPT_SIZE_MAX = 65_536;

/**
 * Programs where the system's own packages and installers put them.
 * @param {Places} places
 * @returns {Generator<string>}
 */
export function* systemChromiums(places) {
  const { env, platform, home, root } = places;
  for (const command of COMMANDS) {
    for (const path of onPath(command, env, platform)) if (!isSnap(path)) yield path;
  }
  if (platform === "darwin") {
    for (const name of MAC_BUNDLES) {
      for (const base of [root, home]) yield join(base, `Applications/${name}.app/Contents/MacOS/${name}`);
    }
  }
  if (platform === "win32") {
    const bases = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((name) => env[name] ?? []);
    for (const program of WINDOWS_PROGRAMS) for (const base of bases) yield join(base, program);
  }
}

/**
 * @param {string} command
 * @param {Places["env"]} env
 * @param {NodeJS.Platform} platform
 * @returns {string[]} the programs of this name, in the PATH's order
 */
export function onPath(command, env, platform) {
  const isWindows = platform === "win32";
  return (env["PATH"] ?? "")
    .split(isWindows ? ";" : ":")
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, isWindows ? `${command}.exe` : command))
    .filter(isProgram);
}

/**
 * Snaps are passed over: their confinement hides the /tmp and the hidden folders that a driver shares with its browser,
 * and Ubuntu's `chromium-browser` is only a script that asks for one.
 * @param {string} path
 */
function isSnap(path) {
  try {
    if (basename(realpathSync(path)) === "snap") return true;
    return statSync(path).size <= SCRIPT_SIZE_MAX && readFileSync(path, "utf8").includes("/snap/bin/");
  } catch {
    return false;
  }
}
