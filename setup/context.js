/**
 * What the steps of setup work with. Tests put their own in place.
 * @typedef {object} Context
 * @property {string} project folder of package.json
 * @property {Readonly<Record<string, string | undefined>>} env
 * @property {NodeJS.Platform} platform
 * @property {boolean} isRoot
 * @property {(line: string) => void} say tells the user one line
 * @property {Run} run
 * @property {AbortSignal} signal aborted when the user interrupts
 */

/**
 * @typedef {(command: string, args: readonly string[], options: import("./run.js").RunOptions) =>
 *   Promise<import("./run.js").Ended>} Run
 */

/** A failure that is the user's to mend: the message says what, where and how. */
export class SetupError extends Error {}

/** The reason with which an interrupt (Ctrl-C) aborts what is under way. */
export class Interrupted extends Error {}

/**
 * @param {unknown} error
 * @returns {unknown} the error's `code` ("ENOENT" and its like), if it has one
 */
export function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/**
 * Where setups of one checkout take turns. The folder `setup/` is there whatever npm does to node_modules.
 * @param {string} project
 */
export function lockPath(project) {
  return `${project}/setup/.lock`;
}
