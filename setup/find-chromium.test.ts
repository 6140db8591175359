import { chmodSync, cpSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { clone, downloadPath, put, putDownload, putProgram, startNode } from "../testing/setup/clone.ts";

/** Creates a clone with its packages, without a browser. */
function installedClone() {
  const project = clone();
  cpSync(join(project, "packages"), join(project, "node_modules"), { recursive: true });
  return { project, at: (path: string) => join(project, path) };
}

/** Returns the path of the Chromium, or the reason why there is none. */
async function search(project: string, env: Record<string, string> = {}): Promise<string> {
  const source = `
    import { findChromium, whyNoChromium } from "./setup/find-chromium.js";
    process.stdout.write(findChromium() ?? whyNoChromium());`;
  const PATH = [join(project, "bin"), join(project, "usr/bin")].join(":");
  const options = { cwd: project, env: { PATH, ...env } };
  const { out, err } = await startNode(["--input-type=module", "-e", source], options).ended;
  return out + err;
}

test("Playwright's own Chromium comes first, then those of other revisions, then the system's by name", async () => {
  const { project, at } = installedClone();
  const inOrder = [
    putDownload(project, 1200),
    putDownload(project, 1300),
    putProgram(at("bin/chromium")),
    putProgram(at("usr/bin/chromium")),
    putProgram(at("bin/google-chrome")),
  ];
  putProgram(downloadPath(project, 1400)); // This download is not complete.
  for (const path of inOrder) {
    expect(await search(project)).toBe(path);
    rmSync(path);
  }
  expect(await search(project)).toBe("no Chromium found. To install one: npm run setup -- --retry-browser");
});

test.each<[string, (at: (path: string) => string) => unknown]>([
  ["a file that may not be run", (at) => chmodSync(putProgram(at("bin/chromium")), 0o644)],
  ["a folder", (at) => put(at("bin/chromium/file"))],
  ["a script that starts a snap", (at) => putProgram(at("bin/chromium"), 'exec /snap/bin/chromium "$@"')],
  [
    "a snap",
    (at) => {
      symlinkSync(putProgram(at("usr/bin/snap")), at("usr/bin/chromium"));
    },
  ],
])("%s is passed over", async (_, make) => {
  const { project, at } = installedClone();
  make(at);
  const path = putProgram(at("usr/bin/google-chrome"));
  expect(await search(project)).toBe(path);
});

test.each<[string, (path: string) => Record<string, string>, string | RegExp]>([
  ["a path", (path) => ({ HANGUP_CHROMIUM: path }), /\/mine\/chrome$/],
  [
    "a path relative to the folder in which npm was called",
    (path) => ({ HANGUP_CHROMIUM: "./chrome", INIT_CWD: join(path, "..") }),
    /\/mine\/chrome$/,
  ],
  ["nothing", () => ({ HANGUP_CHROMIUM: "" }), /\/bin\/chromium$/],
  ["none", () => ({ HANGUP_CHROMIUM: "none" }), "HANGUP_CHROMIUM=none: no browser was wanted"],
  [
    "a folder",
    (path) => ({ HANGUP_CHROMIUM: join(path, "..") }),
    /HANGUP_CHROMIUM is ".*\/mine", but .*\/mine is not an executable file\. Set it to/,
  ],
])("HANGUP_CHROMIUM may name %s", async (_, env, expected) => {
  const { project, at } = installedClone();
  putProgram(at("bin/chromium"));
  const path = putProgram(at("mine/chrome"));
  expect(await search(project, env(path))).toMatch(expected);
});
