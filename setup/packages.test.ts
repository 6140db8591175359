import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Host } from "./freshness.js";
import { npmCommand, preparePackages } from "./packages.js";
import { readStamp } from "./stamp.js";
import { failure, fakeContext, put, success, temporaryFolder } from "./testing.ts";

const host: Host = { os: "linux", cpu: "x64", libc: "glibc" };
const ws = { version: "8.0.0" };

function project(): { folder: string; installs: () => void } {
  const folder = temporaryFolder();
  put(join(folder, "package.json"), { dependencies: { ws: "8.0.0" } });
  const locked = { "": { dependencies: { ws: "8.0.0" } }, "node_modules/ws": ws };
  put(join(folder, "package-lock.json"), { packages: locked });
  const note = { packages: { "node_modules/ws": ws } };
  return { folder, installs: () => put(join(folder, "node_modules", ".package-lock.json"), note) };
}

test("missing packages are installed once, with a line before and one after", async () => {
  const { folder, installs } = project();
  const { context, calls, said } = fakeContext(folder, () => {
    installs();
    return success;
  });
  await preparePackages(context, host);
  await preparePackages(context, host);
  const ci = "npm ci --include=dev --include=optional --no-audit --no-fund --loglevel=error";
  expect(calls.map(({ line }) => line)).toEqual([ci]);
  expect(said).toEqual([
    "installing the locked packages with npm ci (node_modules is missing or incomplete) ...",
    "packages installed in 0.1 s",
  ]);
});

test("packages that are in place are left alone and remembered, without a word", async () => {
  const { folder, installs } = project();
  installs();
  const { context, calls, said } = fakeContext(folder, () => success);
  await preparePackages(context, host);
  expect([calls, said]).toEqual([[], []]);
  expect(readStamp(folder).packages).toMatch(/^[0-9a-f]{64}$/);
});

test("a failed install tells npm's words and the mend, and leaves nothing that vouches for the packages", async () => {
  const { folder, installs } = project();
  installs();
  const { context } = fakeContext(folder, () =>
    failure("npm error code EUSAGE\nnpm error Usage:\nnpm error npm ci\n"),
  );
  await preparePackages(context, host);
  put(join(folder, "package.json"), { dependencies: { ws: "9.0.0" } });
  await expect(preparePackages(context, host)).rejects.toThrow(
    /^npm ci failed \(exit code 1, after 0\.1 s\)\. What it said:\nnpm error code EUSAGE\nCheck the network .* npm install first\.$/,
  );
  expect(existsSync(join(folder, "node_modules", ".package-lock.json"))).toBe(false);
  expect(readStamp(folder)).toEqual({});
});

test("of a long output the first lines are told, and how many there are more", async () => {
  const { folder } = project();
  const { context } = fakeContext(folder, () => failure("npm error\n".repeat(50)));
  const told = /What it said:\n(npm error\n){40}\(and 10 lines more\)\nCheck the network/;
  await expect(preparePackages(context, host)).rejects.toThrow(told);
});

test("an npm that is killed says nothing, and that is told", async () => {
  const { folder } = project();
  const { context } = fakeContext(folder, () => failure("", "SIGKILL"));
  const told = /^npm ci failed \(SIGKILL, after 0\.1 s\)\. It said nothing\.\nCheck the network/;
  await expect(preparePackages(context, host)).rejects.toThrow(told);
});

test("who waited for another setup's install does not install again", async () => {
  const { folder, installs } = project();
  const owner = put(join(folder, "setup", ".lock", `${process.ppid}-0badcafe`));
  const { context, calls, said } = fakeContext(folder, () => success);
  context.say = (line) => {
    said.push(line);
    installs();
    rmSync(owner);
  };
  await preparePackages(context, host);
  expect(calls).toEqual([]);
  expect(said).toEqual([`another setup (process ${process.ppid}) is at work here; waiting for it`]);
});

test.each([
  ["/usr/lib/npm/bin/npm-cli.js", "linux", process.execPath, ["/usr/lib/npm/bin/npm-cli.js"]],
  ["/usr/lib/pnpm/bin/pnpm.cjs", "linux", "npm", []],
  [undefined, "darwin", "npm", []],
  [undefined, "win32", process.execPath, [expect.stringMatching(/npm-cli\.js$/)]],
] as const)("called by %s on %s, npm is the caller's or the system's", (caller, platform, command, args) => {
  expect(npmCommand({ env: { npm_execpath: caller }, platform })).toEqual({ command, args });
});
