import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { prepareChromium } from "./chromium.js";
import { findChromium, whyNoChromium } from "./find-chromium.js";
import { readStamp } from "./stamp.js";
import { failure, fakeContext, put, putProgram, success, temporaryFolder } from "./testing.ts";

const unreachable = failure(
  "Downloading Chrome\nError: getaddrinfo ENOTFOUND the.host\n    at x.js:1\nFailed\n",
);
const missingLibrary = failure("chrome: error while loading shared libraries: libnss3.so\n", "exit code 127");
const once = { retry: false };

function project(): string {
  const folder = temporaryFolder();
  put(join(folder, "package.json"), {});
  put(join(folder, "node_modules/playwright-core/package.json"), { name: "playwright-core" });
  return folder;
}

/** Puts Playwright's download in place. @returns its path */
function downloaded(folder: string): string {
  put(join(folder, "browsers/chromium-1200/INSTALLATION_COMPLETE"));
  return putProgram(join(folder, "browsers/chromium-1200/chrome-linux64/chrome"));
}

const isDownload = (line: string) => line.includes("cli.js install --no-shell --no-remove chromium");
const isApt = (line: string) => line.startsWith("apt-get install");

test("a Chromium that starts is asked for its version once, and nothing is said", async () => {
  const folder = project();
  const path = putProgram(join(folder, "bin/chromium"));
  const { context, calls, said } = fakeContext(folder, () => success);
  await prepareChromium(context, once);
  await prepareChromium(context, once);
  expect(calls.map(({ line }) => line)).toEqual([`${path} --version`]);
  expect(said).toEqual([]);
});

test("without one, Playwright's is downloaded, with a line before and one after", async () => {
  const folder = project();
  const { context, calls, said } = fakeContext(folder, (line) => {
    if (isDownload(line)) downloaded(folder);
    return success;
  });
  await prepareChromium(context, once);
  expect(said).toEqual([
    "no Chromium found: downloading Playwright's own ...",
    expect.stringMatching(/^Chromium installed in \d+\.\d s$/),
  ]);
  expect(calls[0]?.env["PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT"]).toBe("10000");
  expect(findChromium(context)?.from).toBe("playwright");
});

test("where the download fails, root on Debian gets the package", async () => {
  const folder = project();
  putProgram(join(folder, "bin/apt-get"));
  const answer = (line: string) => {
    if (isDownload(line)) return unreachable;
    if (line.startsWith("apt-get update")) return failure("E: one source is broken\n", "exit code 100");
    if (isApt(line)) putProgram(join(folder, "bin/chromium"));
    return success;
  };
  const { context, calls, said } = fakeContext(folder, answer, { isRoot: true });
  await prepareChromium(context, once);
  expect(said).toEqual([
    "no Chromium found: downloading Playwright's own ...",
    expect.stringMatching(
      /^Playwright's download failed: getaddrinfo ENOTFOUND the\.host \(exit code 1\), after \d+\.\d s$/,
    ),
    "no Chromium found: installing Debian's package with apt-get ...",
    expect.stringMatching(/^Chromium installed in/),
  ]);
  const install = calls.find(({ line }) => isApt(line));
  expect(install?.line).toContain("-y --no-install-recommends chromium");
  expect(install?.env["DEBIAN_FRONTEND"]).toBe("noninteractive");
});

test("when nothing works the run goes on, the reason is remembered, and the next run doesn't pay", async () => {
  const folder = project();
  putProgram(join(folder, "bin/apt-get"));
  const { context, calls, said } = fakeContext(folder, () => unreachable);
  await prepareChromium(context, once);
  expect(said.at(-1)).toBe(
    "no Chromium could be had: the browser cases will show as not-applicable. " +
      "To try again: npm run setup -- --retry-browser",
  );
  expect(readStamp(folder).failure?.reason).toBe(
    "Playwright's download failed: getaddrinfo ENOTFOUND the.host (exit code 1); apt-get needs root",
  );
  expect(whyNoChromium(context)).toContain("apt-get needs root. To try again");

  const lengths = [calls.length, said.length];
  await prepareChromium(context, once);
  expect([calls.length, said.length]).toEqual(lengths);
  await prepareChromium(context, { retry: true });
  expect(calls.filter(({ line }) => isDownload(line))).toHaveLength(2);
});

test("a browser that appears after a remembered failure is used", async () => {
  const folder = project();
  let answer = unreachable;
  const { context } = fakeContext(folder, () => answer);
  await prepareChromium(context, once);
  answer = success;
  const path = putProgram(join(folder, "bin/chromium"));
  await prepareChromium(context, once);
  expect(readStamp(folder)).toEqual({ chromium: path });
  expect(findChromium(context)).toEqual({ path, from: "system" });
});

test("a Chromium that doesn't start is told, passed over and part of the reason", async () => {
  const folder = project();
  const { context, said } = fakeContext(folder, (line) => {
    if (!isDownload(line)) return missingLibrary;
    downloaded(folder);
    return success;
  });
  await prepareChromium(context, once);
  const path = join(folder, "browsers/chromium-1200/chrome-linux64/chrome");
  const why = "chrome: error while loading shared libraries: libnss3.so (exit code 127)";
  expect(said).toContain(`${path} does not start, so it is passed over: ${why}`);
  expect(readStamp(folder).failure?.reason).toBe(
    `${path} does not start: ${why}; Playwright's installer installed no Chromium that starts; there is no apt-get here`,
  );
  expect(findChromium(context)).toBeNull();
});

test("a Chromium installed where one was before is asked for its version again", async () => {
  const folder = project();
  let starts = true;
  const { context } = fakeContext(folder, (line) => {
    if (isDownload(line)) downloaded(folder);
    return starts || isDownload(line) ? success : missingLibrary;
  });
  await prepareChromium(context, once);
  rmSync(join(folder, "browsers"), { recursive: true });
  starts = false;
  await prepareChromium(context, once);
  expect(readStamp(folder).failure?.reason).toContain("libnss3.so");
});

test("where nothing can be remembered, a Chromium that doesn't start does not keep setup busy", async () => {
  const folder = project();
  putProgram(join(folder, "bin/chromium"));
  rmSync(join(folder, "node_modules"), { recursive: true });
  const { context, calls } = fakeContext(folder, () => {
    if (calls.length > 3) throw new Error("asked again and again");
    return missingLibrary;
  });
  await prepareChromium(context, once);
  expect(readStamp(folder)).toEqual({});
});

test.each([
  [{ HANGUP_APT: "no" }, true, "HANGUP_APT=no forbids apt-get"],
  [{}, false, "apt-get needs root"],
])("apt-get is left alone with %j and root %s", async (env, isRoot, reason) => {
  const folder = project();
  putProgram(join(folder, "bin/apt-get"));
  const { context, calls } = fakeContext(folder, () => unreachable, { isRoot });
  await prepareChromium({ ...context, env: { ...context.env, ...env } }, once);
  expect(calls.filter(({ line }) => isApt(line))).toEqual([]);
  expect(readStamp(folder).failure?.reason).toContain(reason);
});

test("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD is heeded", async () => {
  const folder = project();
  const { context, calls } = fakeContext(folder, () => unreachable);
  const env = { ...context.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" };
  await prepareChromium({ ...context, env }, once);
  expect(calls).toEqual([]);
  expect(readStamp(folder).failure?.reason).toContain(
    "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD forbids the download",
  );
});

test("HANGUP_CHROMIUM=none installs nothing and remembers nothing", async () => {
  const folder = project();
  const { context, calls, said } = fakeContext(folder, () => success);
  await prepareChromium({ ...context, env: { ...context.env, HANGUP_CHROMIUM: "none" } }, once);
  expect([calls, said, readStamp(folder)]).toEqual([[], [], {}]);
});
