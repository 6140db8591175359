import { enterCallersFolder } from "./callers-folder.ts";
import { main } from "./main.ts";

enterCallersFolder();
await main(process.argv.slice(2));
