import { once } from "node:events";
import { readdirSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { calls, clone, obligingNpm, put, putProgram, setup, startSetup } from "../testing/setup/clone.ts";

/** A clone on a machine with a Chromium. */
function cloneWithChromium(): string {
  const project = clone();
  putProgram(join(project, "bin/chromium"));
  return project;
}

const [major, minor] = process.versions.node.split(".").map(Number);
const engines = (node: string) => ({ type: "module", engines: { node } });

test("a fresh clone is set up, with npm's words on stderr; the next setup is silent", async () => {
  const project = cloneWithChromium();
  put(join(project, "package.json"), engines(`>=${major}.${minor}`));
  expect(await setup(project)).toEqual({
    out: "",
    err: "setup: installing packages with npm ci (node_modules is missing or incomplete) ...\nadded 1 package\n",
    code: 0,
  });
  expect(await setup(project)).toEqual({ out: "", err: "", code: 0 });
  expect(calls(project)).toEqual(["npm ci"]);
});

test("of two setups at once, one installs and the other waits", async () => {
  const project = cloneWithChromium();
  const both = await Promise.all([setup(project), setup(project)]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(calls(project)).toEqual(["npm ci"]);
});

test("an interrupt ends npm and frees the lock, and the next setup installs", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const project = cloneWithChromium();
  put(join(project, "npm/npm-cli.js"), `require("node:net").connect(${port}, "127.0.0.1");`);
  const { child, ended } = startSetup(project);
  const [connection] = (await once(server, "connection")) as [Socket];
  const npmEnded = once(
    connection.resume().on("error", () => undefined),
    "close",
  );
  child.kill("SIGINT");
  const { err, code } = await ended;
  expect([err, code]).toEqual([expect.stringContaining("setup: interrupted by SIGINT\n"), 130]);
  await npmEnded;
  expect(readdirSync(join(project, "setup")).filter((name) => name.startsWith(".lock"))).toEqual([]);
  put(join(project, "npm/npm-cli.js"), obligingNpm);
  expect(await setup(project)).toMatchObject({ code: 0 });
  expect(calls(project)).toEqual(["npm ci"]);
});

test.each<[string, string, string, (project: string) => ReturnType<typeof setup>]>([
  [
    "an unknown argument",
    "unknown argument --retry; the only argument is --retry-browser",
    "",
    (project) => setup(project, ["--retry"]),
  ],
  [
    "a wrong HANGUP_CHROMIUM",
    'HANGUP_CHROMIUM is "/no/such", but /no/such is not an executable file. Set it to',
    "npm ci",
    (project) => setup(project, [], { HANGUP_CHROMIUM: "/no/such" }),
  ],
  [
    "an npm that fails",
    "no network\nsetup: npm ci failed in",
    "",
    (project) => {
      put(join(project, "npm/npm-cli.js"), `console.error("no network"); process.exitCode = 1;`);
      return setup(project);
    },
  ],
  [
    "an npm that is not there",
    "setup: npm ci failed in",
    "",
    (project) => setup(project, [], { npm_execpath: "/usr/lib/pnpm/bin/pnpm.cjs" }),
  ],
  [
    "a lock file with conflict marks",
    "package-lock.json can't be read (SyntaxError",
    "",
    (project) => {
      put(join(project, "package-lock.json"), "<<<<<<< ours");
      return setup(project);
    },
  ],
  [
    "a Node that is too old",
    `Node ${process.versions.node} is too old: package.json asks for >=${major}.${Number(minor) + 1}.`,
    "",
    (project) => {
      put(join(project, "package.json"), engines(`>=${major}.${Number(minor) + 1}`));
      return setup(project);
    },
  ],
])("%s is exit code 2, with a message", async (_, message, called, run) => {
  const project = cloneWithChromium();
  const { out, err, code } = await run(project);
  expect({ out, code, calls: calls(project).join() }).toEqual({ out: "", code: 2, calls: called });
  expect(err).toContain(message);
});
