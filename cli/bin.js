#!/usr/bin/env node
import { pathToFileURL } from "node:url";

// hangup runs from its TypeScript sources. For many starts it compiles them once (target/compile.ts), since each start then
// takes a third of the processor time.
const compiled = process.env["HANGUP_COMPILED"];
if (compiled === undefined) {
  const { register } = await import("tsx/esm/api");
  register();
  await import("./start.ts");
} else {
  await import(pathToFileURL(compiled).href);
}
