import { rmSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { dirname, join, parse } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

const start = fileURLToPath(new URL("../../cli/start.ts", import.meta.url));
const modules = fileURLToPath(new URL("../../node_modules/", import.meta.url));

/** Keeps `import.meta.url` of each source, by which it finds the files beside it. */
const inPlace: Plugin = {
  name: "in-place",
  setup(building) {
    building.onLoad({ filter: /\.(ts|tsx|js)$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const contents = source
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href))
        .replaceAll("import.meta.dirname", JSON.stringify(dirname(path)));
      return { contents, loader: path.endsWith("x") ? "tsx" : "ts" };
    });
  },
};

/** Compiles the command line before all tests, for the processes that tests start by `bin.js`. */
export async function setup(): Promise<void> {
  process.env["HANGUP_COMPILED"] = join(await compile([]), "start.js");
}

/**
 * Compiles the command line and further programs. `bin.js` starts the command line that `HANGUP_COMPILED` names.
 * @param programs paths of sources, each with a base name of its own
 * @returns the folder with `start.js` and a file for each program. It is removed when this process exits.
 */
export async function compile(programs: readonly string[]): Promise<string> {
  // The compiled sources look for packages in the folders above them.
  const outdir = await mkdtemp(join(modules, ".hangup-compiled-"));
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
    logLevel: "warning",
  });
  return outdir;
}
