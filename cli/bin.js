#!/usr/bin/env node
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";

// A clone runs from its TypeScript sources. For many starts it compiles them once (target/compile.ts), since each start then
// takes a third of the processor time. The package contains only what tools/build.ts compiled.
const compiled = process.env["HANGUP_COMPILED"];
if (compiled === undefined) {
  if (existsSync(new URL("start.ts", import.meta.url))) {
    const { register } = await import("tsx/esm/api");
    register();
  }
  await import("./start.ts");
} else {
  await import(pathToFileURL(compiled).href);
}
