import { rmSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
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
  // The compiled sources look for packages in the folders above them.
  const outdir = await mkdtemp(join(modules, ".hangup-compiled-"));
  process.once("exit", () => rmSync(outdir, { recursive: true, force: true }));
  await build({
    entryPoints: [start],
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
  process.env["HANGUP_COMPILED"] = join(outdir, "start.js");
}
