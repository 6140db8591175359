import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { put, putProgram, temporaryFolder } from "./testing.ts";

const engines = { node: ">=20.19" };
const dependencies = { ws: "8.0.0" };
const packages = { "node_modules/ws": { version: "8.0.0" } };

/** Instead of npm: notes its call and puts the packages in place. */
const obligingNpm = `
  const { appendFileSync, mkdirSync, writeFileSync } = require("node:fs");
  appendFileSync("npm.log", process.argv[2] + "\\n");
  mkdirSync("node_modules");
  writeFileSync("node_modules/.package-lock.json", ${JSON.stringify(JSON.stringify({ packages }))});`;

/** A fresh clone with this folder's programs, a fake npm and, on the PATH, nothing but a fake Chromium. */
function clone(npm = obligingNpm): string {
  const project = temporaryFolder();
  mkdirSync(join(project, "setup"));
  for (const name of readdirSync(import.meta.dirname).filter((name) => name.endsWith(".js"))) {
    copyFileSync(join(import.meta.dirname, name), join(project, "setup", name));
  }
  put(join(project, "package.json"), { type: "module", engines, dependencies });
  put(join(project, "package-lock.json"), { packages: { "": { dependencies }, ...packages } });
  put(join(project, "npm/package.json"), { type: "commonjs" });
  put(join(project, "npm/npm-cli.js"), npm);
  putProgram(join(project, "bin/chromium"));
  return project;
}

function start(project: string, args: string[] = [], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(project, "setup/setup.js"), ...args], {
    cwd: project,
    env: {
      PATH: join(project, "bin"),
      HOME: join(project, "home"),
      npm_execpath: join(project, "npm/npm-cli.js"),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return { child, ended: endOf(child) };
}

async function endOf(child: ChildProcess) {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("spawned without pipes");
  const [out, err, [code]] = await Promise.all([
    text(stdout),
    text(stderr),
    once(child, "exit") as Promise<[unknown]>,
  ]);
  return { out, err, code };
}

test("a fresh clone is set up, on stderr alone; then there is nothing to do and nothing to say", async () => {
  const project = clone();
  expect(await start(project).ended).toEqual({
    out: "",
    err: expect.stringMatching(
      /^setup: installing the locked packages with npm ci .+\nsetup: packages installed in \d+\.\d s\n$/,
    ) as unknown,
    code: 0,
  });
  expect(await start(project).ended).toEqual({ out: "", err: "", code: 0 });
  expect(readFileSync(join(project, "npm.log"), "utf8")).toBe("ci\n");
});

test("of two setups at once, one installs", async () => {
  const project = clone();
  const both = await Promise.all([start(project).ended, start(project).ended]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(readFileSync(join(project, "npm.log"), "utf8")).toBe("ci\n");
});

test("an interrupt ends npm, and leaves neither a stamp nor a lock", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const project = clone(`${obligingNpm} require("node:net").connect(${port}, "127.0.0.1");`);
  const { child, ended } = start(project);
  const [connection] = (await once(server, "connection")) as [Socket];
  const npmEnded = once(
    connection.resume().on("error", () => undefined),
    "close",
  );
  child.kill("SIGINT");
  expect(await ended).toMatchObject({
    out: "",
    err: expect.stringContaining("interrupted by SIGINT") as unknown,
    code: 130,
  });
  await npmEnded;
  expect(existsSync(join(project, "node_modules/.hangup-setup.json"))).toBe(false);
  expect(readdirSync(join(project, "setup")).filter((name) => name.startsWith(".lock"))).toEqual([]);
});

test.each<[string, (project: string) => ReturnType<typeof start>, string]>([
  [
    "an unknown argument",
    (project) => start(project, ["--retry"]),
    "unknown argument --retry; the only one is --retry-browser",
  ],
  [
    "a wrong HANGUP_CHROMIUM",
    (project) => start(project, [], { HANGUP_CHROMIUM: "/no/such" }),
    'HANGUP_CHROMIUM is "/no/such"',
  ],
  [
    "an npm that fails",
    (project) => {
      put(join(project, "npm/npm-cli.js"), `console.error("no network"); process.exitCode = 1;`);
      return start(project);
    },
    "What it said:\nno network\n",
  ],
  [
    "a Node that is too old",
    (project) => {
      put(join(project, "package.json"), { type: "module", engines: { node: ">=99.0" } });
      return start(project);
    },
    "is too old: package.json asks for >=99.0",
  ],
])("%s is exit code 2 and says what is wrong", async (_, begin, message) => {
  const { out, err, code } = await begin(clone()).ended;
  expect({ out, code }).toEqual({ out: "", code: 2 });
  expect(err).toContain(message);
});

test("without any browser to be had, setup ends well and says what follows", async () => {
  const project = clone();
  const { err, code } = await start(project, [], {
    PATH: join(project, "empty"),
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1",
  }).ended;
  expect(code).toBe(0);
  expect(err).toContain("the browser cases will show as not-applicable");
});
