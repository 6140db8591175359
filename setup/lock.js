import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf, SetupError } from "./context.js";

/** How often a waiting setup looks again, in ms: nothing tells a process of the end of one that isn't its child. */
const LOOK_AGAIN_MS = 200;
/** Longer than all that one setup may do under the lock. */
const WAIT_MS_MAX = 40 * 60_000;
/** What renaming onto somebody's lock answers, on the systems that Node knows. */
const TAKEN = new Set(["ENOTEMPTY", "EEXIST", "EPERM", "EACCES"]);

/**
 * @typedef {object} LockOptions
 * @property {(line: string) => void} say told once when there is a wait
 * @property {AbortSignal} [signal] ends the wait, which then rejects
 * @property {number} [waitMs] 40 minutes unless told
 */

/**
 * Does the work while this process holds the lock, for which it waits its turn. The lock is a folder that holds one
 * file, named after its owner. It appears by a rename, with its owner inside, and is emptied by the owner's full name,
 * so nobody can remove a lock other than the one that they looked at. A lock whose process is dead is removed.
 * A process takes a lock once at a time. Whoever can't write here can't harm anything here, and goes without.
 * @template T
 * @param {string} path of the lock folder; the folder above it exists
 * @param {LockOptions} options
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @throws {SetupError} when the lock is not free in time
 */
export async function withLock(path, options, work) {
  const owner = `${process.pid}-${randomBytes(4).toString("hex")}`;
  const prepared = `${path}-${owner}`;
  if (!tryMkdir(prepared)) return work();
  try {
    writeFileSync(join(prepared, owner), "");
    await take(prepared, path, options);
  } finally {
    rmSync(prepared, { recursive: true, force: true });
  }
  try {
    return await work();
  } finally {
    remove(path, owner);
  }
}

/** @param {string} path */
function tryMkdir(path) {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (["EACCES", "EPERM", "EROFS"].includes(String(codeOf(error)))) return false;
    throw error;
  }
}

/**
 * @param {string} prepared
 * @param {string} path
 * @param {LockOptions} options
 */
async function take(prepared, path, { say, signal, waitMs = WAIT_MS_MAX }) {
  const deadline = performance.now() + waitMs;
  let told = false;
  while (!tookBy(prepared, path)) {
    const holder = readHolder(path);
    if (!isAlive(holder)) {
      remove(path, holder);
    } else if (!told) {
      told = true;
      say(`another setup (process ${processOf(holder)}) is at work here; waiting for it`);
    }
    if (performance.now() > deadline) {
      throw new SetupError(
        `waited ${waitMs / 1000} s for the setup that holds ${path}. If none is running, delete that folder and run again.`,
      );
    }
    await sleep(LOOK_AGAIN_MS, undefined, { signal });
  }
}

/**
 * @param {string} prepared
 * @param {string} path
 */
function tookBy(prepared, path) {
  try {
    renameSync(prepared, path);
    return true;
  } catch (error) {
    if (TAKEN.has(String(codeOf(error)))) return false;
    throw error;
  }
}

/**
 * @param {string} path
 * @returns {string} the owner's name, empty when there is none
 */
function readHolder(path) {
  try {
    return readdirSync(path)[0] ?? "";
  } catch {
    return "";
  }
}

/** @param {string} owner */
function processOf(owner) {
  return Number.parseInt(owner, 10);
}

/**
 * A lock in this process's own name is an earlier process's with the same number, as happens in containers.
 * @param {string} owner
 */
function isAlive(owner) {
  const pid = processOf(owner);
  if (!(pid > 0) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/**
 * @param {string} path
 * @param {string} owner
 */
function remove(path, owner) {
  try {
    if (owner !== "") rmSync(join(path, owner), { force: true });
    rmdirSync(path);
  } catch {
    // Somebody else has removed it, or has it now.
  }
}
