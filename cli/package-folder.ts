import { createRequire } from "node:module";
import { dirname } from "node:path";

/** Folder of hangup's own package.json: of a clone, or of the installed package. */
export const packageFolder = dirname(createRequire(import.meta.url).resolve("hangup/package.json"));
