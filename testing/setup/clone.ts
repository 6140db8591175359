import { spawn, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

const setupFolder = join(import.meta.dirname, "../../setup");

/** Creates a folder that is removed when the running test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hangup-setup-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Writes a file and the folders above it. @returns its path */
export function put(path: string, content: unknown = ""): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

/** Writes a shell script. @returns its path */
export function putProgram(path: string, script = ""): string {
  put(path, `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Does what `npm ci` does, and notes that it was called. */
export const obligingNpm = `
  const { appendFileSync, copyFileSync, cpSync, rmSync } = require("node:fs");
  appendFileSync("calls.log", "npm " + process.argv[2] + "\\n");
  console.log("added 1 package");
  rmSync("node_modules", { recursive: true, force: true });
  cpSync("packages", "node_modules", { recursive: true });
  copyFileSync("package-lock.json", "node_modules/.package-lock.json");`;

/**
 * Creates a clone of hangup: the real setup, with stand-ins for npm and Playwright, and no other program on the PATH.
 * Playwright's installer runs the script `playwright`.
 */
export function clone({ playwright = "exit 1" } = {}): string {
  const project = temporaryFolder();
  for (const name of readdirSync(setupFolder).filter((name) => name.endsWith(".js"))) {
    mkdirSync(join(project, "setup"), { recursive: true });
    copyFileSync(join(setupFolder, name), join(project, "setup", name));
  }
  put(join(project, "package.json"), { type: "module", engines: { node: ">=20.19" } });
  put(join(project, "package-lock.json"), { packages: { "node_modules/ws": { version: "8.0.0" } } });
  put(join(project, "npm/package.json"), { type: "commonjs" });
  put(join(project, "npm/npm-cli.js"), obligingNpm);
  const installer = putProgram(join(project, "playwright.sh"), playwright);
  const path = JSON.stringify(downloadPath(project));
  const playwrightPackage = join(project, "packages/playwright");
  put(join(playwrightPackage, "index.js"), `exports.chromium = { executablePath: () => ${path} };`);
  put(
    join(playwrightPackage, "cli.js"),
    `process.exitCode = require("node:child_process").spawnSync(${JSON.stringify(installer)}).status;`,
  );
  return project;
}

/** Returns the path at which the clone's Playwright expects its Chromium, or that of another revision. */
export function downloadPath(project: string, revision = 1200): string {
  return join(project, `browsers/chromium-${revision}/chrome-linux64/chrome`);
}

/** Puts a complete download of Playwright's into the clone. @returns the program's path */
export function putDownload(project: string, revision?: number): string {
  const path = putProgram(downloadPath(project, revision));
  put(join(dirname(path), "../INSTALLATION_COMPLETE"));
  return path;
}

/** Runs the clone's setup to its end. */
export async function setup(project: string, args: string[] = [], env: Record<string, string> = {}) {
  return startSetup(project, args, env).ended;
}

/** Starts the clone's setup. */
export function startSetup(project: string, args: string[] = [], env: Record<string, string> = {}) {
  return startNode([join(project, "setup/setup.js"), ...args], {
    cwd: project,
    env: { PATH: join(project, "bin"), npm_execpath: join(project, "npm/npm-cli.js"), ...env },
  });
}

/** Starts a Node, which ends with the running test. */
export function startNode(args: string[], options: SpawnOptions = {}) {
  const child = spawn(process.execPath, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]).then(
    ([out, err, [code]]) => ({ out, err, code: code as number | null }),
  );
  return { child, ended };
}

/** Returns the programs that setup called in the clone, in order, and forgets them. */
export function calls(project: string): string[] {
  const path = join(project, "calls.log");
  const lines = existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
  rmSync(path, { force: true });
  return lines;
}
