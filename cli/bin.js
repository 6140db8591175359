#!/usr/bin/env node
// hangup runs from its TypeScript sources.
import { register } from "tsx/esm/api";

register();
const { main } = await import("./main.ts");
await main(process.argv.slice(2));
