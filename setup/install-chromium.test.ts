import { renameSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { calls, clone, downloadPath, putDownload, putProgram, setup } from "../testing/setup/clone.ts";

const isRoot = process.getuid?.() === 0;
const works = `echo "chromium $*" >> calls.log`;
const lacksLibrary = `echo "libnss3.so is missing" >&2; exit 127`;

/** Creates a clone whose Playwright installs a Chromium that runs `script`. */
function cloneWithDownload(script: string): string {
  const project = clone({
    playwright: "echo playwright >> calls.log; mkdir -p browsers; cp -R prepared/. browsers",
  });
  putDownload(project);
  putProgram(downloadPath(project), script);
  renameSync(join(project, "browsers"), join(project, "prepared"));
  return project;
}

/** Puts an apt-get into the clone, which installs a Chromium that works. */
function putApt(project: string): void {
  const prepared = putProgram(join(project, "debian-chromium"), works);
  const script = `echo "apt-get $1" >> calls.log; test "$1" = update && exit 100; cp ${prepared} bin/chromium`;
  putProgram(join(project, "bin/apt-get"), script);
}

test("a Chromium that starts is asked for its version once", async () => {
  const project = clone();
  putProgram(join(project, "bin/chromium"), works);
  await setup(project);
  expect(await setup(project)).toEqual({ out: "", err: "", code: 0 });
  expect(calls(project)).toEqual(["npm ci", "chromium --version"]);
});

test("without a Chromium, Playwright's installer is called", async () => {
  const project = cloneWithDownload(works);
  const { err, code } = await setup(project);
  expect(code).toBe(0);
  expect(err).toContain("setup: no Chromium found; downloading one with Playwright's installer ...\n");
  expect(calls(project)).toEqual(["npm ci", "playwright", "chromium --version"]);
  expect((await setup(project)).err).toBe("");
});

test.each([
  ["fails", clone],
  ["installs a Chromium that does not start", () => cloneWithDownload(lacksLibrary)],
])("when Playwright's installer %s, root calls apt-get, and others go on without", async (_, create) => {
  const project = create();
  putApt(project);
  const { err, code } = await setup(project);
  expect(code).toBe(0);
  const called = calls(project).filter((line) => line !== "playwright");
  const apt = ["apt-get update", "apt-get install", "chromium --version"];
  expect(called).toEqual(isRoot ? ["npm ci", ...apt] : ["npm ci"]);
  if (!isRoot) expect(err).toContain("apt-get needs root");
  expect((await setup(project)).err).toBe("");
});

test("when no Chromium can be had, setup succeeds, says why, and the next run does not try again", async () => {
  const project = cloneWithDownload(lacksLibrary);
  const { err, code } = await setup(project);
  expect(code).toBe(0);
  const path = downloadPath(project);
  expect(err).toContain(`setup: ${path} does not start, so hangup does not use it: libnss3.so is missing\n`);
  const reason = new RegExp(
    `setup: no Chromium found \\(on \\d{4}-\\d\\d-\\d\\d: Playwright's installer: it installed no Chromium that starts; there is no apt-get; ${path} does not start\\). ` +
      "To install one: npm run setup -- --retry-browser. The run continues and skips the browser cases.\n$",
  );
  expect(err).toMatch(reason);
  expect(await setup(project)).toEqual({ out: "", err: "", code: 0 });
  expect(calls(project)).toEqual(["npm ci", "playwright"]);

  expect((await setup(project, ["--retry-browser"])).err).toMatch(reason);
  expect(calls(project)).toEqual(["playwright"]);

  putProgram(join(project, "bin/chromium"), works);
  expect(await setup(project)).toEqual({ out: "", err: "", code: 0 });
  expect(calls(project), "a Chromium that appears later is used").toEqual(["chromium --version"]);
});

test.each([
  [{ HANGUP_APT: "no" }, ["playwright"], "HANGUP_APT=no forbids apt-get"],
  [
    { HANGUP_APT: "no", PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" },
    [],
    "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD forbids the download",
  ],
  [{ HANGUP_CHROMIUM: "none" }, [], ""],
])("%j forbids installers", async (env, called, reason) => {
  const project = cloneWithDownload(lacksLibrary);
  putApt(project);
  const { err, code } = await setup(project, [], env);
  expect([calls(project), code]).toEqual([["npm ci", ...called], 0]);
  expect(err).toContain(reason);
});
