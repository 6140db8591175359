import { join } from "node:path";
import { compile } from "../../cli/target/compile.ts";

/** Compiles the command line before all tests, for the processes that tests start by `bin.js`. */
export async function setup(): Promise<void> {
  process.env["HANGUP_COMPILED"] = join(await compile(), "start.js");
}
