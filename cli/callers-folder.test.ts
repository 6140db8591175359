import { spawn } from "node:child_process";
import { realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { callersFolder } from "./callers-folder.ts";
import { ended, folder } from "../testing/cli/hangup.ts";

const clone = fileURLToPath(new URL("..", import.meta.url));

test("INIT_CWD counts only in hangup's own folder, for a script of hangup's own package", async () => {
  const [own, users] = await Promise.all([folder(), folder()]);
  const script = join(own, "package.json");
  await writeFile(script, "{}");
  await writeFile(join(users, "package.json"), "{}");
  const env = { INIT_CWD: users, npm_package_json: script };
  expect(callersFolder({ env, cwd: own, own })).toBe(users);
  // A script of the user's own that goes elsewhere and calls hangup there.
  const usersOwn = { INIT_CWD: users, npm_package_json: join(users, "package.json") };
  expect(callersFolder({ env: usersOwn, cwd: join(users, "sub"), own })).toBeUndefined();
  expect(callersFolder({ env: usersOwn, cwd: own, own })).toBeUndefined();
  // A program that such a script starts elsewhere, and none of npm's at all.
  expect(callersFolder({ env, cwd: users, own })).toBeUndefined();
  expect(callersFolder({ env: {}, cwd: own, own })).toBeUndefined();
});

test("npm --prefix finds the caller's profile", { timeout: 60_000 }, async () => {
  const cwd = await folder();
  await writeFile(join(cwd, "hangup.config.json"), JSON.stringify({ topik: "/topic/" }));
  const args = ["--prefix", clone, "run", "--silent", "hangup", "--", "run"];
  const child = spawn("npm", args, { cwd: await realpath(cwd), stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const { code, stderr } = await ended(child);
  expect(stderr).toContain('hangup.config.json is no valid profile:\n  the profile: unknown key "topik"');
  expect(code).toBe(2);
});
