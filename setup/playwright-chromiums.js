import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { entries, isFile } from "./files.js";

/** @typedef {import("./find-chromium.js").Places} Places */

/** What Playwright's archives call the program, inside a folder that names the platform. */
const DOWNLOADED = {
  linux: ["chrome", "chrome-headless-shell", "headless_shell"],
  darwin: [
    "Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
    "Chromium.app/Contents/MacOS/Chromium",
    "chrome-headless-shell",
    "headless_shell",
  ],
  win32: ["chrome.exe", "chrome-headless-shell.exe", "headless_shell.exe"],
};

/**
 * Programs in Playwright's download folder: of the revision that the installed Playwright names, then from the newest
 * down; of one revision the full browser before the headless shell, since it is what people use.
 * @param {Places} places
 * @returns {Generator<string>}
 */
export function* playwrightChromiums(places) {
  const folder = downloadFolder(places);
  const wanted = wantedRevision(places.project);
  const names = DOWNLOADED[/** @type {keyof typeof DOWNLOADED} */ (places.platform)];
  for (const { download } of byPreference(entries(folder), wanted)) {
    // Playwright writes this file last: without it the download was cut short.
    if (!isFile(join(folder, download, "INSTALLATION_COMPLETE"))) continue;
    for (const platformFolder of entries(join(folder, download))) {
      for (const name of names) yield join(folder, download, platformFolder, name);
    }
  }
}

/**
 * @param {string[]} downloads
 * @param {number} wanted
 */
function byPreference(downloads, wanted) {
  const pattern = /^(chromium|chromium_headless_shell)(?:_\w+_special)?-(\d+)$/;
  return downloads
    .map((download) => ({ download, match: pattern.exec(download) }))
    .flatMap(({ download, match }) =>
      match === null ? [] : [{ download, isFull: match[1] === "chromium", revision: Number(match[2]) }],
    )
    .sort(
      (a, b) =>
        Number(b.revision === wanted) - Number(a.revision === wanted) ||
        b.revision - a.revision ||
        Number(b.isFull) - Number(a.isFull),
    );
}

/** @param {Places} places */
function downloadFolder({ env, platform, home, project }) {
  const given = env["PLAYWRIGHT_BROWSERS_PATH"];
  if (given === "0") return join(playwrightFolder(project) ?? project, ".local-browsers");
  if (given !== undefined && given !== "") return resolve(env["INIT_CWD"] ?? "", given);
  if (platform === "darwin") return join(home, "Library/Caches/ms-playwright");
  if (platform === "win32") return join(env["LOCALAPPDATA"] ?? join(home, "AppData/Local"), "ms-playwright");
  return join(env["XDG_CACHE_HOME"] || join(home, ".cache"), "ms-playwright");
}

/**
 * @param {string} project
 * @returns {string | null} the folder of the installed playwright-core
 */
export function playwrightFolder(project) {
  try {
    return dirname(createRequire(join(project, "package.json")).resolve("playwright-core/package.json"));
  } catch {
    return null;
  }
}

/**
 * @param {string} project
 * @returns {number} the revision of Chromium that the installed Playwright was made for, or NaN
 */
function wantedRevision(project) {
  try {
    const text = readFileSync(join(playwrightFolder(project) ?? "", "browsers.json"), "utf8");
    /** @type {unknown} */
    const parsed = JSON.parse(text);
    const { browsers } = /** @type {{ browsers: { name: string, revision: string }[] }} */ (parsed);
    return Number(browsers.find(({ name }) => name === "chromium")?.revision);
  } catch {
    return Number.NaN;
  }
}
