import { readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { arch, env, execPath, platform } from "node:process";
import { run, say } from "./run.js";

/** npm's own record of the packages that it put into node_modules. */
const INSTALLED = "node_modules/.package-lock.json";

/** @typedef {{ version: string, optional?: boolean, os?: string[], cpu?: string[] }} LockedPackage */

/**
 * Compares node_modules with package-lock.json. So an `npm ci` by hand counts, too.
 * @param {string} project folder of package.json
 * @returns {string | null} the first difference, or null
 * @throws {Error} when package-lock.json can't be read
 */
export function stalePackages(project) {
  const locked = readPackages(join(project, "package-lock.json"));
  const installed = readPackages(join(project, INSTALLED));
  if (installed === null) return "node_modules is missing or incomplete";
  for (const [path, { version, optional }] of Object.entries(locked ?? {})) {
    const found = installed[path];
    // The entry "" is the project itself. Of the optional packages, npm leaves out those for other systems.
    if (path === "" || (found === undefined && optional === true)) continue;
    const name = path.replace(/^node_modules\//, "");
    if (found === undefined) return `${name} is not installed`;
    if (found.version !== version) return `${name} is ${found.version}, package-lock.json says ${version}`;
    // A folder that a container shares with its host may hold the host's packages.
    const fits = (found.os ?? [platform]).includes(platform) && (found.cpu ?? [arch]).includes(arch);
    if (!fits) return `${name} is made for another system`;
  }
  return null;
}

/**
 * @param {string} project folder of package.json
 * @param {string} why
 * @throws {Error} when npm fails
 */
export async function installPackages(project, why) {
  say(`installing packages with npm ci (${why}) ...`);
  // An interrupted installation must not look complete.
  rmSync(join(project, INSTALLED), { force: true });
  // npm tells its scripts where it lies.
  const caller = env["npm_execpath"] ?? "";
  const [command, ...first] = basename(caller) === "npm-cli.js" ? [execPath, caller] : ["npm"];
  // Without --include, NODE_ENV=production or a user's settings would leave out packages.
  const failure = await run(
    command,
    [...first, "ci", "--include=dev", "--include=optional", "--loglevel=error"],
    {
      cwd: project,
    },
  );
  if (failure === null) return;
  throw new Error(
    `npm ci failed in ${project} (${failure}); npm's messages stand above. Check the network and the registry ` +
      "(npm config get registry), then run again. After a change to package.json, run npm install first.",
  );
}

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage> | null} null when the installed packages are unknown
 */
function readPackages(path) {
  try {
    const lock = /** @type {unknown} */ (JSON.parse(readFileSync(path, "utf8")));
    return /** @type {{ packages: Record<string, LockedPackage> }} */ (lock).packages;
  } catch (error) {
    if (path.endsWith(INSTALLED)) return null;
    throw new Error(`${path} can't be read (${String(error)}). Restore it from git, then run again.`);
  }
}
