import { existsSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, parse } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Plugin } from "esbuild";
import { packageFolder } from "../package-folder.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

const start = fileURLToPath(new URL("../start.ts", import.meta.url));
const modules = join(packageFolder, "node_modules/");

// In two parts, since this file compiles itself, too.
const meta = "import.meta";

/** Keeps `import.meta.url` of each source, by which it finds the files beside it. */
const inPlace: Plugin = {
  name: "in-place",
  setup(building) {
    building.onLoad({ filter: /\.(ts|tsx|js)$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const contents = source
        .replaceAll(`${meta}.url`, JSON.stringify(pathToFileURL(path).href))
        .replaceAll(`${meta}.dirname`, JSON.stringify(dirname(path)));
      return { contents, loader: path.endsWith("x") ? "tsx" : "ts" };
    });
  },
};

/**
 * Compiles the command line and further programs. `bin.js` starts the command line that `HANGUP_COMPILED` names.
 * @param programs paths of sources, each with a base name of its own
 * @returns the folder with `start.js` and a file for each program. It is removed when this process exits.
 * @throws Error if `node_modules` can't be written, or a source does not compile
 */
export async function compile(programs: readonly string[] = []): Promise<string> {
  const { build } = await import("esbuild");
  // The compiled sources look for packages in the folders above them. npm leaves folders alone whose names begin with a dot.
  const { path: outdir } = await makeTemporaryFolder(modules, ".hangup-compiled-");
  process.once("exit", () => rmSync(outdir, { recursive: true, force: true }));
  await build({
    // Flat names, whichever folders the sources are in.
    entryPoints: [start, ...programs].map((source) => ({ in: source, out: parse(source).name })),
    outdir,
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    plugins: [inPlace],
    logLevel: "silent",
  });
  return outdir;
}

/** Path of the command line, compiled once for this process; undefined where that is not possible. */
let compiled: Promise<string | undefined> | undefined;

/** The installed package contains no sources. It is compiled already. */
const hasSources = existsSync(start);

/**
 * Returns the environment for many starts of `bin.js`: compiled, a start takes a third of the processor time. Where compiling
 * fails, they start from the sources.
 */
export async function compiledEnvironment(): Promise<NodeJS.ProcessEnv> {
  if (process.env["HANGUP_COMPILED"] !== undefined || !hasSources) return process.env;
  compiled ??= compile().then(
    (folder) => join(folder, "start.js"),
    () => undefined,
  );
  const path = await compiled;
  return path === undefined ? process.env : { ...process.env, HANGUP_COMPILED: path };
}
