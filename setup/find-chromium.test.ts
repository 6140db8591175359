import { chmodSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findChromium, whyNoChromium } from "./find-chromium.js";
import { updateStamp } from "./stamp.js";
import { put, putProgram, temporaryFolder } from "./testing.ts";

/** A machine with nothing on it; `at` makes paths on it. */
function machine(platform: NodeJS.Platform, env: Record<string, string> = {}) {
  const root = temporaryFolder();
  const at = (path: string) => join(root, path);
  put(at("project/package.json"), {});
  put(at("project/node_modules/playwright-core/package.json"), { name: "playwright-core" });
  put(at("project/node_modules/playwright-core/browsers.json"), {
    browsers: [
      { name: "firefox", revision: "1400" },
      { name: "chromium", revision: "1200" },
    ],
  });
  const withPath = { PATH: [at("bin"), at("usr/bin")].join(platform === "win32" ? ";" : ":"), ...env };
  return { at, places: { env: withPath, platform, home: at("home"), root, project: at("project") } };
}

/** A complete download by Playwright. */
function download(folder: string, program: string): string {
  put(join(folder, "INSTALLATION_COMPLETE"));
  return putProgram(join(folder, program));
}

test("a machine without a browser has none, and the reason says how to get one", () => {
  const { places } = machine("linux");
  expect(findChromium(places)).toBeNull();
  expect(whyNoChromium(places)).toBe(
    "no Chromium was found; to install one: npm run setup -- --retry-browser",
  );
});

test("HANGUP_CHROMIUM comes before all else", () => {
  const { at, places } = machine("linux");
  putProgram(at("usr/bin/chromium"));
  const path = putProgram(at("mine/chrome"));
  expect(findChromium({ ...places, env: { ...places.env, HANGUP_CHROMIUM: path } })).toEqual({
    path,
    from: "HANGUP_CHROMIUM",
  });
});

test("a relative HANGUP_CHROMIUM starts from where npm was called", () => {
  const { at, places } = machine("linux");
  const path = putProgram(at("mine/chrome"));
  const env = { HANGUP_CHROMIUM: "./chrome", INIT_CWD: at("mine") };
  expect(findChromium({ ...places, env })?.path).toBe(path);
});

test("HANGUP_CHROMIUM=none is no browser on purpose", () => {
  const { at, places } = machine("linux", { HANGUP_CHROMIUM: "none" });
  putProgram(at("usr/bin/chromium"));
  expect(findChromium(places)).toBeNull();
  expect(whyNoChromium(places)).toBe("HANGUP_CHROMIUM=none: no browser was wanted");
});

test("an empty HANGUP_CHROMIUM is as good as none set", () => {
  const { at, places } = machine("linux", { HANGUP_CHROMIUM: "" });
  const path = putProgram(at("usr/bin/chromium"));
  expect(findChromium(places)).toEqual({ path, from: "system" });
});

test.each([
  ["that does not exist", (path: string) => path],
  ["that is a folder", (path: string) => join(path, "..")],
  ["that may not be run", (path: string) => put(path)],
])("HANGUP_CHROMIUM with a path %s is an error, though there is another browser", (_, place) => {
  const { at, places } = machine("linux");
  putProgram(at("usr/bin/chromium"));
  put(at("mine/other"));
  const path = place(at("mine/chrome"));
  const find = () => findChromium({ ...places, env: { ...places.env, HANGUP_CHROMIUM: path } });
  expect(find).toThrow(
    `HANGUP_CHROMIUM is "${path}", but ${path} is not a program that can be run. Set it to`,
  );
});

test.each<[NodeJS.Platform, string, string]>([
  ["linux", "home/.cache", "chromium-1200/chrome-linux64/chrome"],
  ["linux", "home/.cache", "chromium-1200/chrome-linux-arm64/chrome"],
  ["linux", "home/.cache", "chromium-1200/chrome-linux/chrome"],
  [
    "linux",
    "home/.cache",
    "chromium_headless_shell-1200/chrome-headless-shell-linux64/chrome-headless-shell",
  ],
  ["linux", "home/.cache", "chromium_headless_shell-1200/chrome-linux/headless_shell"],
  [
    "darwin",
    "home/Library/Caches",
    "chromium-1200/chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
  ],
  [
    "darwin",
    "home/Library/Caches",
    "chromium_mac14_special-1200/chrome-mac/Chromium.app/Contents/MacOS/Chromium",
  ],
  [
    "darwin",
    "home/Library/Caches",
    "chromium_headless_shell-1200/chrome-headless-shell-mac-arm64/chrome-headless-shell",
  ],
  ["win32", "home/AppData/Local", "chromium-1200/chrome-win64/chrome.exe"],
  [
    "win32",
    "home/AppData/Local",
    "chromium_headless_shell-1200/chrome-headless-shell-win64/chrome-headless-shell.exe",
  ],
])("Playwright's own on %s, in %s: %s", (platform, cache, program) => {
  const { at, places } = machine(platform);
  putProgram(at(platform === "win32" ? "bin/chromium.exe" : "bin/chromium"));
  const path = putProgram(at(`${cache}/ms-playwright/${program}`));
  expect(findChromium(places)?.from).toBe("system"); // the download is not complete
  put(at(`${cache}/ms-playwright/${program.slice(0, program.indexOf("/"))}/INSTALLATION_COMPLETE`));
  expect(findChromium(places)).toEqual({ path, from: "playwright" });
});

test("of Playwright's downloads the wanted revision wins, then the newest, and the full browser over the shell", () => {
  const { at, places } = machine("linux");
  const cache = "home/.cache/ms-playwright";
  const inOrder = [
    "chromium-1200/chrome-linux64/chrome",
    "chromium_headless_shell-1200/chrome-linux/headless_shell",
    "chromium_mac14_special-1300/chrome-linux64/chrome",
    "chromium_headless_shell-1300/chrome-linux/headless_shell",
    "chromium-999/chrome-linux64/chrome",
  ];
  for (const program of inOrder)
    download(
      at(`${cache}/${program.slice(0, program.indexOf("/"))}`),
      program.slice(program.indexOf("/") + 1),
    );
  for (const other of ["firefox-1200", "chromium_tip_of_tree-1400", "chromium-new"])
    download(at(`${cache}/${other}`), "chrome-linux64/chrome");
  const found = inOrder.map(() => {
    const path = findChromium(places)?.path ?? "none";
    rmSync(path, { force: true });
    return path;
  });
  expect(found).toEqual(inOrder.map((program) => at(`${cache}/${program}`)));
  expect(findChromium(places)).toBeNull();
});

test.each([
  ["an absolute folder", "/browsers", {}],
  ["a folder relative to where npm was called", "browsers", { INIT_CWD: "/" }],
  ["the package itself", "0", {}],
])("PLAYWRIGHT_BROWSERS_PATH may be %s", (_, value, more: { INIT_CWD?: string }) => {
  const { at, places } = machine("linux");
  const folder = value === "0" ? "project/node_modules/playwright-core/.local-browsers" : "browsers";
  const path = download(at(`${folder}/chromium-1200`), "chrome-linux64/chrome");
  const env = {
    PLAYWRIGHT_BROWSERS_PATH: value.startsWith("/") ? at(value) : value,
    ...("INIT_CWD" in more ? { INIT_CWD: at("/") } : {}),
  };
  expect(findChromium({ ...places, env })).toEqual({ path, from: "playwright" });
});

test("the PATH is searched by name first, then by folder", () => {
  const { at, places } = machine("linux");
  putProgram(at("bin/google-chrome"));
  const second = putProgram(at("usr/bin/chromium"));
  const first = putProgram(at("bin/chromium"));
  expect(findChromium(places)).toEqual({ path: first, from: "system" });
  chmodSync(first, 0o644);
  expect(findChromium(places)?.path).toBe(second);
  rmSync(second);
  expect(findChromium(places)?.path).toBe(at("bin/google-chrome"));
});

test.each<[NodeJS.Platform, Record<string, string>, string]>([
  ["darwin", {}, "Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
  ["darwin", {}, "home/Applications/Chromium.app/Contents/MacOS/Chromium"],
  ["win32", { PROGRAMFILES: "Program Files" }, "Program Files/Google/Chrome/Application/chrome.exe"],
  ["win32", { "PROGRAMFILES(X86)": "x86" }, "x86/Microsoft/Edge/Application/msedge.exe"],
  ["win32", { LOCALAPPDATA: "local" }, "local/Chromium/Application/chrome.exe"],
])("the system's on %s where its installer puts it", (platform, folders, program) => {
  const { at, places } = machine(platform);
  const path = putProgram(at(program));
  const env = Object.fromEntries(Object.entries(folders).map(([name, folder]) => [name, at(folder)]));
  expect(findChromium({ ...places, env })).toEqual({ path, from: "system" });
});

test("snaps, and scripts that ask for one, are passed over", () => {
  const { at, places } = machine("linux");
  putProgram(at("usr/bin/chromium-browser"), 'exec /snap/bin/chromium "$@"');
  putProgram(at("usr/bin/snap"));
  putProgram(at("bin/.keep"));
  symlinkSync(at("usr/bin/snap"), at("bin/chromium"));
  expect(findChromium(places)).toBeNull();
  const path = putProgram(at("usr/bin/google-chrome"));
  expect(findChromium(places)?.path).toBe(path);
});

test("what setup saw not to start is passed over, and a remembered failure is the reason", () => {
  const { at, places } = machine("linux");
  const path = putProgram(at("usr/bin/chromium"));
  updateStamp(places.project, {
    unusable: { [path]: "libnss3.so is missing" },
    failure: { reason: "there is no network", at: "2026-11-22T10:00:00.000Z" },
  });
  expect(findChromium(places)).toBeNull();
  expect(whyNoChromium(places)).toBe(
    "no Chromium was found, and on 2026-11-22 none could be installed: there is no network. " +
      "To try again: npm run setup -- --retry-browser",
  );
});
