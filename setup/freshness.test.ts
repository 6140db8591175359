import { join } from "node:path";
import { expect, test } from "vitest";
import { judgePackages, thisHost, type Host } from "./freshness.js";
import { updateStamp } from "./stamp.js";
import { put, temporaryFolder } from "./testing.ts";

const debian: Host = { os: "linux", cpu: "x64", libc: "glibc" };
const alpine: Host = { ...debian, libc: "musl" };
const mac: Host = { os: "darwin", cpu: "arm64", libc: null };

const dependencies = { ws: "8.0.0" };
const devDependencies = { vitest: "4.1.0" };
const ws = { version: "8.0.0" };
const vitest = { version: "4.1.0", dev: true };
const locked = {
  "": { dependencies, devDependencies },
  "node_modules/ws": ws,
  "node_modules/vitest": vitest,
  "node_modules/native-glibc": {
    version: "1.0.0",
    optional: true,
    os: ["linux"],
    cpu: ["x64"],
    libc: ["glibc"],
  },
  "node_modules/native-musl": {
    version: "1.0.0",
    optional: true,
    os: ["linux"],
    cpu: ["x64"],
    libc: ["musl"],
  },
  "node_modules/native-mac": { version: "1.0.0", optional: true, os: ["darwin"] },
  "node_modules/not-windows": { version: "1.0.0", optional: true, os: ["!win32"] },
  "node_modules/helper-of-native-wasm": { version: "1.0.0", optional: true },
};
const native = { version: "1.0.0", optional: true };
const installedOnDebian = {
  "node_modules/ws": ws,
  "node_modules/vitest": vitest,
  "node_modules/native-glibc": native,
  "node_modules/not-windows": native,
};

/** A project after an `npm ci` by hand, without a stamp. */
function project(
  installed: object | string | null = installedOnDebian,
  manifest: object = { dependencies, devDependencies },
): string {
  const folder = temporaryFolder();
  put(join(folder, "package.json"), manifest);
  put(join(folder, "package-lock.json"), { packages: locked });
  if (installed !== null) putInstalled(folder, installed);
  return folder;
}

function putInstalled(folder: string, installed: object | string): void {
  const note = typeof installed === "string" ? installed : { packages: installed };
  put(join(folder, "node_modules", ".package-lock.json"), note);
}

/** Remembers the packages as they lie, as setup does after it installed them. */
function stamp(folder: string, host: Host): void {
  updateStamp(folder, { packages: judgePackages(folder, host).fingerprint });
}

test("an npm ci by hand counts", () => {
  expect(judgePackages(project(), debian).stale).toBeNull();
});

test.each<[string, object | string | null, string]>([
  ["node_modules is missing", null, "node_modules is missing or incomplete"],
  ["npm's note was cut short", '{"packages": {', "ws is missing"],
  [
    "development packages are left out",
    { ...installedOnDebian, "node_modules/vitest": undefined },
    "vitest is missing",
  ],
  [
    "a version differs",
    { ...installedOnDebian, "node_modules/ws": { version: "7.5.0" } },
    "ws is 7.5.0, the lock says 8.0.0",
  ],
])("packages are stale when %s", (_, installed, why) => {
  expect(judgePackages(project(installed), debian).stale).toBe(why);
});

test.each([
  ["libc", alpine, "native-musl is missing"],
  ["system", mac, "native-mac is missing"],
])("packages installed on another %s are stale, with or without a stamp", (_, host, why) => {
  const folder = project();
  expect(judgePackages(folder, host).stale).toBe(why);
  stamp(folder, debian);
  expect(judgePackages(folder, host).stale).toBe(why);
});

test("after setup's own install the stamp vouches, whatever npm left out", () => {
  const folder = project({ "node_modules/ws": ws });
  expect(judgePackages(folder, debian).stale).toBe("vitest is missing");
  stamp(folder, debian);
  expect(judgePackages(folder, debian).stale).toBeNull();
});

test("what npm does by hand after the stamp is seen", () => {
  const folder = project();
  stamp(folder, debian);
  putInstalled(folder, { "node_modules/ws": ws });
  expect(judgePackages(folder, debian).stale).toBe("vitest is missing");
});

test("package.json changed by hand makes the packages stale", () => {
  const folder = project(installedOnDebian, {
    dependencies: { ...dependencies, zod: "4.0.0" },
    devDependencies,
  });
  expect(judgePackages(folder, debian).stale).toBe("package.json and package-lock.json disagree on zod");
});

test("a script changed in package.json does not", () => {
  const folder = project();
  stamp(folder, debian);
  put(join(folder, "package.json"), { scripts: { a: "b" }, dependencies, devDependencies });
  expect(judgePackages(folder, debian).stale).toBeNull();
});

test("a lock file with conflict marks is told by name", () => {
  const folder = project();
  put(join(folder, "package-lock.json"), "<<<<<<< ours");
  expect(() => judgePackages(folder, debian)).toThrow(
    /^package-lock\.json is not valid JSON .* take it from git again\.$/,
  );
});

test("this host has a libc exactly on Linux", () => {
  const { os, libc } = thisHost();
  expect(libc === null).toBe(os !== "linux");
});
