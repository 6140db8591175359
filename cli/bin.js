#!/usr/bin/env node
import { pathToFileURL } from "node:url";

// hangup runs from its TypeScript sources. Its tests compile them once (testing/cli/compiled.ts), since each start then
// takes a quarter of the processor time.
const compiled = process.env["HANGUP_COMPILED"];
if (compiled === undefined) {
  const { register } = await import("tsx/esm/api");
  register();
  await import("./start.ts");
} else {
  await import(pathToFileURL(compiled).href);
}
