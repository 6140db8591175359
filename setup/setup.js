// npm runs this file before its scripts, on a machine with nothing but Node. It keeps to syntax that old versions of Node
// can read, so that they print the message below and no SyntaxError.
import { readFileSync } from "node:fs";

/** @type {unknown} */
const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const { engines } = /** @type {{ engines: { node: string } }} */ (manifest);

if (versionNumber(process.versions.node) >= versionNumber(engines.node)) {
  void import("./prepare.js").then((prepare) => prepare.main(process.argv.slice(2)));
} else {
  console.error(
    `setup: Node ${process.versions.node} is too old: package.json asks for ${engines.node}. ` +
      "Install a current Node (https://nodejs.org), then run again.",
  );
  process.exitCode = 2;
}

/**
 * Makes versions comparable: ">=20.19" becomes 20019.
 * @param {string} text
 */
function versionNumber(text) {
  const [major, minor] = text.replace(/^\D+/, "").split(".").map(Number);
  return Number(major) * 1000 + Number(minor);
}
