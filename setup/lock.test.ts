import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { withLock } from "./lock.js";
import { put, temporaryFolder } from "./testing.ts";

const lockModule = pathToFileURL(join(import.meta.dirname, "lock.js")).href;
const quiet = { say: () => undefined };

/** The id of a process that has ended. */
function deadProcess(): number {
  return spawnSync(process.execPath, ["-e", ""]).pid;
}

test("the lock is held during the work and gone after it, also when the work fails", async () => {
  const folder = temporaryFolder();
  const path = join(folder, ".lock");
  const work = withLock(path, quiet, () => {
    expect(readdirSync(path)).toEqual([expect.stringMatching(`^${process.pid}-`)]);
    return Promise.reject(new Error("the work failed"));
  });
  await expect(work).rejects.toThrow("the work failed");
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ["whose process is dead", () => [`${deadProcess()}-0badcafe`]],
  ["of an earlier process with this one's number", () => [`${process.pid}-0badcafe`]],
  ["without an owner", () => []],
  ["with an owner nobody can read", () => ["?"]],
])("a lock %s is recovered", async (_, owners) => {
  const folder = temporaryFolder();
  const path = join(folder, ".lock");
  mkdirSync(path);
  for (const owner of owners()) put(join(path, owner));
  expect(await withLock(path, quiet, () => Promise.resolve("done"))).toBe("done");
  expect(readdirSync(folder)).toEqual([]);
});

test("a lock of a live process is respected: one line, then an error that names the mend", async () => {
  const path = join(temporaryFolder(), ".lock");
  const owner = put(join(path, `${process.ppid}-0badcafe`));
  const said: string[] = [];
  const waiting = withLock(path, { say: (line) => said.push(line), waitMs: 250 }, () => Promise.resolve());
  await expect(waiting).rejects.toThrow(
    `waited 0.25 s for the setup that holds ${path}. If none is running, delete that folder`,
  );
  expect(said).toEqual([`another setup (process ${process.ppid}) is at work here; waiting for it`]);
  expect(existsSync(owner)).toBe(true);
});

test("an interrupt ends the wait", async () => {
  const path = join(temporaryFolder(), ".lock");
  put(join(path, `${process.ppid}-0badcafe`));
  const interrupt = new AbortController();
  const say = () => {
    interrupt.abort();
  };
  const waiting = withLock(path, { say, signal: interrupt.signal }, () => Promise.resolve());
  await expect(waiting).rejects.toThrow("aborted");
});

test("processes that contend for a stale lock work one after the other", async () => {
  const folder = temporaryFolder();
  const path = join(folder, ".lock");
  put(join(path, `${deadProcess()}-0badcafe`));
  const log = put(join(folder, "log"));
  const source = `
    import { appendFileSync } from "node:fs";
    import { withLock } from ${JSON.stringify(lockModule)};
    await withLock(${JSON.stringify(path)}, { say() {} }, async () => {
      appendFileSync(${JSON.stringify(log)}, "<");
      await new Promise((resolve) => setTimeout(resolve, 20));
      appendFileSync(${JSON.stringify(log)}, ">");
    });`;
  const contenders = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ["--input-type=module", "-e", source], { stdio: "ignore" }),
  );
  await Promise.all(contenders.map((contender) => once(contender, "exit")));
  expect(readFileSync(log, "utf8")).toBe("<>".repeat(4));
  expect(readdirSync(folder)).toEqual(["log"]);
});
