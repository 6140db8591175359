import { accessSync, constants, readdirSync, readFileSync, statSync } from "node:fs";
import { codeOf } from "./context.js";

/**
 * @param {string} path
 * @returns {string | null} the text, or null when there is no such file
 */
export function readIfThere(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** @param {string} path */
export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return isFile(path);
  } catch {
    return false;
  }
}

/** @param {string} path */
export function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** @param {string} folder */
export function entries(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
