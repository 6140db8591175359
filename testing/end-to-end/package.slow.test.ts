import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serve, type CommandResult } from "../cli/hangup.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { resolve } = createRequire(import.meta.url);

/** Folder of a user's project, with the package installed, and the packed file. */
let project: string;
let packed: string;

/** Runs a program in the user's project. */
const run = (program: string, args: readonly string[], cwd = project): Promise<CommandResult> =>
  new Promise((done) => {
    const env = { ...process.env };
    // vitest's own start from the clone.
    delete env["HANGUP_COMPILED"];
    execFile(program, args, { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
const node = (...args: string[]) => run(process.execPath, args);
const hangup = (args: readonly string[], cwd?: string) => run("npx", ["--no", "--", "hangup", ...args], cwd);
const good = ({ code, stdout, stderr }: CommandResult): string => {
  if (code !== 0) throw new Error(`it ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
};

/** Returns the only block of code in a language on a page of the docs. */
function blockOf(page: string, language: string): string {
  const blocks = readFileSync(join(root, "docs", page), "utf8").split(`\`\`\`${language}\n`);
  expect(blocks).toHaveLength(2);
  return blocks[1]?.split("```")[0] ?? "";
}

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "hangup-package-"));
  good(await run("npm", ["pack", "--pack-destination", project], root));
  packed = join(project, readdirSync(project)[0] ?? "");
  writeFileSync(join(project, "package.json"), '{ "name": "users-chat", "version": "1.0.0" }');
  good(await run("npm", ["install", "--omit=dev", "--no-audit", "--no-fund", packed]));
}, 600_000);
afterAll(() => rm(project, { recursive: true, force: true }));

describe("the packed package", () => {
  test("has at most 2 MB, and no sources, tests or tools", () => {
    expect(statSync(packed).size).toBeLessThanOrEqual(2_000_000);
    const own = join(project, "node_modules/hangup");
    expect(readdirSync(own).toSorted()).toEqual(["LICENSE", "README.md", "dist", "docs", "package.json"]);
    const files = readdirSync(join(own, "dist"), { recursive: true, encoding: "utf8" });
    expect(
      files.filter((file) => /\.test\.|(?<!\.d)\.tsx?$|^(testing|tools|simulation)\//.test(file)),
    ).toEqual([]);
  });

  test("is well-formed for Node and for TypeScript", async () => {
    const program = (name: string) => join(root, "node_modules/.bin", name);
    good(await run(program("publint"), [packed, "--strict"]));
    good(await run(program("attw"), [packed, "--profile", "esm-only"]));
  });

  test("judges the reference server in the quick tier, as a user would call it", async () => {
    const { code, stdout } = await hangup(["run", "--reference", "--tier", "quick", "--browser", "none"]);
    expect(stdout).toMatch(/conformant: \d+ of \d+ MUSTs judged/);
    expect(code).toBe(0);
    expect(readdirSync(join(project, "hangup-report"))).toContain("report.html");
  });

  test("lists, and kills a mutant", async () => {
    expect(good(await hangup(["list"]))).toMatch(/\d+ scenarios; \d+ requirements/);
    const mutants = ["mutants", "--browser", "none", "--mutant", "hears-only-disconnect-frame"];
    expect(good(await hangup(mutants))).toMatch(/1 of 1 /);
  });
});

describe("on a server", () => {
  test("the doctor finds the flow, in what a server says", async () => {
    const { url } = await serve();
    expect((await hangup(["doctor", "--url", url])).stdout).toMatch(/topic/);
  });

  test.each(["module", "commonjs"])("the scenario of the docs runs in a project of type %s", async (type) => {
    const { url } = await serve();
    const folder = join(project, type);
    mkdirSync(folder);
    const config = blockOf("own-scenarios.md", "ts").replace("http://localhost:8080/connection", url);
    writeFileSync(join(folder, "hangup.config.ts"), config);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type }));
    const result = await hangup(["run", "--grep", "game/", "--browser", "none"], folder);
    expect(result.stdout).toMatch(/^conformant: /m);
    expect(result.code).toBe(0);
  });

  test("the scenario of the docs has types", async () => {
    writeFileSync(join(project, "typed.mts"), blockOf("own-scenarios.md", "ts"));
    mkdirSync(join(project, "node_modules/@types"), { recursive: true });
    symlinkSync(join(root, "node_modules/@types/node"), join(project, "node_modules/@types/node"));
    const options = "--noEmit --strict --module nodenext --target es2022 --types node".split(" ");
    good(await node(resolve("typescript/bin/tsc"), ...options, "typed.mts"));
  });

  test("the run is a function in a test runner", async () => {
    const { url } = await serve();
    writeFileSync(join(project, "hangup.config.json"), JSON.stringify({ url }));
    const program = blockOf("package.md", "js").replace('tier: "quick"', 'grep: "leave/close\\\\["');
    writeFileSync(join(project, "chat.test.mjs"), program);
    expect(good(await node("--test", "chat.test.mjs"))).toMatch(/# pass 1/);
  });

  test("the session id's reader depends on nothing", () => {
    const source = readFileSync(
      join(project, "node_modules/hangup/dist/browser-fixtures/session-id.js"),
      "utf8",
    );
    expect(source).not.toMatch(/\bimport\b[^(]*from|require\(/);
  });
});
