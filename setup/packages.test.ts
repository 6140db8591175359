import { join } from "node:path";
import { arch, platform } from "node:process";
import { expect, test } from "vitest";
import { stalePackages } from "./packages.js";
import { calls, clone, put, putProgram, setup, temporaryFolder } from "../testing/setup/clone.ts";

const ws = { version: "8.0.0", integrity: "sha512-a" };
const vitest = { version: "4.1.0", dev: true };
const native = { version: "1.0.0", optional: true };
const locked = {
  "": { dependencies: { ws: "8.0.0" } },
  "node_modules/ws": ws,
  "node_modules/vitest": vitest,
  "node_modules/native": { ...native, os: [platform], cpu: [arch] },
  "node_modules/native-other": { ...native, os: ["other"] },
};
const installed = {
  "node_modules/ws": ws,
  "node_modules/vitest": vitest,
  "node_modules/native": locked["node_modules/native"],
};
const other = { "node_modules/native-other": locked["node_modules/native-other"] };

test.each<[string, object | string | null, string | null]>([
  ["an npm ci by hand", installed, null],
  ["no node_modules", null, "node_modules is missing or incomplete"],
  ["npm's record cut short", '{"packages": {', "node_modules is missing or incomplete"],
  ["no development packages", { ...installed, "node_modules/vitest": undefined }, "vitest is not installed"],
  [
    "another version",
    { ...installed, "node_modules/ws": { ...ws, version: "7.5.0" } },
    "ws is 7.5.0, package-lock.json says 8.0.0",
  ],
  ["packages of another system", { ...installed, ...other }, "native-other is made for another system"],
])("node_modules with %s", (_, content, expected) => {
  const project = temporaryFolder();
  put(join(project, "package-lock.json"), { packages: locked });
  const record = typeof content === "string" ? content : { packages: content };
  if (content !== null) put(join(project, "node_modules/.package-lock.json"), record);
  expect(stalePackages(project)).toBe(expected);
});

test("a changed lock file is installed, once", async () => {
  const project = clone();
  putProgram(join(project, "bin/chromium"));
  await setup(project);
  put(join(project, "package-lock.json"), { packages: { "node_modules/ws": { version: "9.0.0" } } });
  expect((await setup(project)).err).toContain("npm ci (ws is 8.0.0, package-lock.json says 9.0.0)");
  expect((await setup(project)).err).toBe("");
  expect(calls(project)).toEqual(["npm ci", "npm ci"]);
});
