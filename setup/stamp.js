import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What setup remembers from one run to the next. It lies in node_modules, so whatever removes the packages removes it.
 * @typedef {object} Stamp
 * @property {string} [packages] fingerprint of the packages that are known to be in place
 * @property {string} [chromium] path of the Chromium that was seen to start
 * @property {Record<string, string>} [unusable] paths of Chromiums that do not start, each with the reason
 * @property {{ reason: string, at: string }} [failure] why no Chromium could be installed, and when (ISO 8601)
 */

/** @param {string} project */
function stampPath(project) {
  return join(project, "node_modules", ".hangup-setup.json");
}

/**
 * @param {string} project folder of package.json
 * @returns {Stamp} empty when there is none that can be read
 */
export function readStamp(project) {
  try {
    const stamp = /** @type {unknown} */ (JSON.parse(readFileSync(stampPath(project), "utf8")));
    return isStamp(stamp) ? stamp : {};
  } catch {
    return {};
  }
}

/**
 * Adds to what is remembered. Where node_modules can't be written, nothing is remembered and the next run looks again.
 * @param {string} project folder of package.json
 * @param {{ [Key in keyof Stamp]?: Stamp[Key] | undefined }} changes
 */
export function updateStamp(project, changes) {
  const path = stampPath(project);
  const own = `${path}-${process.pid}`;
  try {
    writeFileSync(own, JSON.stringify({ ...readStamp(project), ...changes }, null, 2) + "\n");
    renameSync(own, path);
  } catch {
    // Read-only, or no node_modules: it costs some milliseconds per run.
  }
}

/**
 * @param {unknown} value
 * @returns {value is Stamp}
 */
function isStamp(value) {
  if (!isRecord(value)) return false;
  const { packages = "", chromium = "", unusable = {}, failure = { reason: "", at: "" } } = value;
  return (
    typeof packages === "string" &&
    typeof chromium === "string" &&
    isRecord(unusable) &&
    Object.values(unusable).every((reason) => typeof reason === "string") &&
    isRecord(failure) &&
    typeof failure["reason"] === "string" &&
    typeof failure["at"] === "string"
  );
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
