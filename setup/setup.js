// Runs before `npm run conformance` and `npm test` with nothing installed yet: Node's own modules only. This file and
// node-version.js keep to syntax that old versions of Node can read, so that those get an answer and not a SyntaxError.
import { readFileSync } from "node:fs";
import { nodeProblem } from "./node-version.js";

/** @type {unknown} */
const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const { engines } = /** @type {{ engines: { node: string } }} */ (manifest);
const problem = nodeProblem(process.versions.node, engines.node);

if (problem === null) {
  import("./prepare.js")
    .then((prepare) => prepare.main(process.argv.slice(2)))
    .then(exitWith, (/** @type {unknown} */ error) => {
      console.error(error);
      exitWith(2);
    });
} else {
  console.error("setup: " + problem);
  exitWith(2);
}

/** @param {number} code */
function exitWith(code) {
  process.exitCode = code;
}
