import { createHash } from "node:crypto";
import { join } from "node:path";
import { SetupError } from "./context.js";
import { readIfThere } from "./files.js";
import { readStamp } from "./stamp.js";

/**
 * @typedef {object} Host what packages are chosen by
 * @property {string} os
 * @property {string} cpu
 * @property {string | null} libc "glibc", "musl" or unknown
 */

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 */

/** @typedef {{ packages?: Record<string, LockedPackage> }} Lock */
/** @typedef {{ dependencies?: Record<string, string>, devDependencies?: Record<string, string> }} Wanted */

/** @returns {Host} */
export function thisHost() {
  return { os: process.platform, cpu: process.arch, libc: process.platform === "linux" ? thisLibc() : null };
}

/**
 * Whether node_modules holds what package-lock.json asks for on this host. A stamp that fits answers in a moment;
 * without one, what npm itself left behind is compared, so an `npm ci` by hand counts.
 * @param {string} project folder of package.json
 * @param {Host} host
 * @returns {{ stale: string | null, fingerprint: string }} why not, or null, and what to remember when in place
 * @throws {SetupError} when package.json or package-lock.json can't be read
 */
export function judgePackages(project, host) {
  const manifestText = readText(join(project, "package.json"));
  const lockText = readText(join(project, "package-lock.json"));
  const manifest = /** @type {Wanted} */ (parse(manifestText, "package.json"));
  const installedText = readIfThere(join(project, "node_modules", ".package-lock.json"));
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([manifest.dependencies, manifest.devDependencies, lockText, installedText, host]))
    .digest("hex");
  if (installedText === null) return { stale: "node_modules is missing or incomplete", fingerprint };
  if (readStamp(project).packages === fingerprint) return { stale: null, fingerprint };
  const lock = /** @type {Lock} */ (parse(lockText, "package-lock.json"));
  const stale = unlocked(manifest, lock) ?? uninstalled(lock, parseInstalled(installedText), host);
  return { stale, fingerprint };
}

/**
 * @param {Wanted} manifest
 * @param {Lock} lock
 * @returns {string | null} where package.json and package-lock.json disagree
 */
function unlocked(manifest, lock) {
  const root = /** @type {Wanted} */ (lock.packages?.[""] ?? {});
  for (const kind of /** @type {const} */ (["dependencies", "devDependencies"])) {
    const [wanted, locked] = [manifest[kind] ?? {}, root[kind] ?? {}];
    for (const name of new Set([...Object.keys(wanted), ...Object.keys(locked)])) {
      if (wanted[name] !== locked[name]) return `package.json and package-lock.json disagree on ${name}`;
    }
  }
  return null;
}

/**
 * @param {Lock} lock
 * @param {Lock} installed npm's own note of what it put into node_modules
 * @param {Host} host
 * @returns {string | null} the first package that is missing or of another version
 */
function uninstalled(lock, installed, host) {
  for (const [path, wanted] of Object.entries(lock.packages ?? {})) {
    if (path === "" || !isExpected(wanted, host)) continue;
    const name = path.replace(/^node_modules\//, "");
    const found = installed.packages?.[path];
    if (found === undefined) return `${name} is missing`;
    if (found.version !== wanted.version) {
      return `${name} is ${found.version ?? "of no version"}, the lock says ${wanted.version ?? "none"}`;
    }
  }
  return null;
}

/**
 * An optional package is expected only where it is made for this host and no other; npm leaves the rest out as it needs.
 * @param {LockedPackage} locked
 * @param {Host} host
 */
function isExpected(locked, host) {
  if (locked.optional !== true) return true;
  const { os, cpu, libc } = locked;
  if (os === undefined && cpu === undefined && libc === undefined) return false;
  return (
    allows(os, host.os) && allows(cpu, host.cpu) && (libc === undefined || allows(libc, host.libc ?? ""))
  );
}

/**
 * @param {string[] | undefined} list of names, or of names not wanted ("!win32")
 * @param {string} value
 */
function allows(list, value) {
  if (list === undefined || list.includes(value)) return true;
  return list.every((name) => name.startsWith("!") && name !== `!${value}`);
}

/** Node's own libc, which decides what binaries it can load. */
function thisLibc() {
  // Without this the report may look up the name of every peer.
  Object.assign(process.report, { excludeNetwork: true });
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (
    /** @type {unknown} */ (process.report.getReport())
  );
  return header.glibcVersionRuntime === undefined ? "musl" : "glibc";
}

/**
 * @param {string} text
 * @returns {Lock} empty for a file that was cut short
 */
function parseInstalled(text) {
  try {
    return /** @type {Lock} */ (parse(text, "node_modules/.package-lock.json"));
  } catch {
    return {};
  }
}

/**
 * @param {string} text
 * @param {string} name
 * @returns {unknown}
 */
function parse(text, name) {
  try {
    return JSON.parse(text);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new SetupError(`${name} is not valid JSON (${what}). Mend it, or take it from git again.`);
  }
}

/** @param {string} path */
function readText(path) {
  const text = readIfThere(path);
  if (text === null) throw new SetupError(`${path} is missing. Take it from git again.`);
  return text;
}
