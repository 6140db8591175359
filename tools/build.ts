/** Builds the npm package's JavaScript, types and source maps in `dist/`, with the folders of the sources: `npm run build`. */
import { execFileSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const target = join(root, "dist");

/** Files that the product reads and does not import. */
const assets = [
  "browser-fixtures/client.html",
  "reference-server/demo/demo.css",
  "reference-server/demo/index.html",
  "reports/diagnosis/signatures.json",
  "reports/html/in-page.js",
];

rmSync(target, { recursive: true, force: true });
execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
  cwd: root,
  stdio: "inherit",
});
for (const asset of assets) cpSync(join(root, asset), join(target, asset));
