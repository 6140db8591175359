import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from "node:fs";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf, DENIED, say } from "./run.js";

/** Codes of a rename onto a folder that is not empty, on all systems that Node supports. */
const TAKEN = new Set(["ENOTEMPTY", "EEXIST", "EPERM", "EACCES"]);

/**
 * Waits for the lock and holds it until this process exits, so that two npm scripts never run `npm ci` at once. The lock
 * is a folder that holds one folder, named after the owner's process id. The lock of a dead process is removed.
 * @param {string} path of the lock
 */
export async function takeLock(path) {
  let told = "";
  while (!tryLock(path)) {
    const owner = ownerOf(path);
    if (!isAlive(Number(owner))) remove(path, owner);
    else if (told !== owner) {
      told = owner;
      say(`waiting for another setup to end (if process ${owner} is none, delete ${path})`);
    }
    await sleep(200);
  }
  process.once("exit", () => {
    remove(path, String(process.pid));
  });
}

/**
 * Takes the lock by a rename, which fails unless the lock is absent or empty.
 * @param {string} path
 */
function tryLock(path) {
  const own = `${path}-${process.pid}`;
  try {
    mkdirSync(`${own}/${process.pid}`, { recursive: true });
  } catch (error) {
    // A user who can't write here can't install packages here either, and needs no lock.
    if (DENIED.has(codeOf(error))) return true;
    throw error;
  }
  try {
    renameSync(own, path);
    return true;
  } catch (error) {
    rmSync(own, { recursive: true });
    if (TAKEN.has(codeOf(error))) return false;
    throw error;
  }
}

/**
 * @param {string} path
 * @returns {string} the owner's process id, or "" when the lock is free
 */
function ownerOf(path) {
  try {
    return readdirSync(path)[0] ?? "";
  } catch {
    return "";
  }
}

/** @param {number} pid */
function isAlive(pid) {
  // In a container, an earlier process may have had this process's id.
  if (!(pid > 0) || pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/**
 * Removes the owner by name, then the lock if it is empty. So a lock that another process has taken meanwhile stays.
 * @param {string} path
 * @param {string} owner
 */
function remove(path, owner) {
  try {
    if (owner !== "") rmdirSync(`${path}/${owner}`);
    rmdirSync(path);
  } catch {
    // Another process has removed the lock, or has taken it.
  }
}
