#!/usr/bin/env node
// hangup runs from its TypeScript sources.
import { register } from "tsx/esm/api";

register();
const { enterCallersFolder } = await import("./callers-folder.ts");
enterCallersFolder();
const { main } = await import("./main.ts");
await main(process.argv.slice(2));
