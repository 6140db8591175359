import type { DefineCommand } from "../command.ts";

/** Command of hangup. Its file is loaded when it is called, so that `hangup --help` starts fast. */
export interface ListedCommand {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly define: DefineCommand }>;
}

/** All commands, in the order in which help shows them. */
export const commands: readonly ListedCommand[] = [
  { name: "run", summary: "run the suite on a server", load: () => import("./run.ts") },
  { name: "doctor", summary: "examine a server and suggest a profile", load: () => import("./doctor.ts") },
  { name: "init", summary: "write a profile for a server", load: () => import("./init.ts") },
  { name: "list", summary: "list scenarios, requirements and cases", load: () => import("./list.ts") },
  { name: "show", summary: "open the HTML report of a run", load: () => import("./show.ts") },
  { name: "diff", summary: "compare two runs of one server", load: () => import("./diff.ts") },
  { name: "compare", summary: "compare runs of several servers", load: () => import("./compare.ts") },
  { name: "merge", summary: "join the shards of a run", load: () => import("./merge.ts") },
  { name: "recheck", summary: "judge stored histories again", load: () => import("./recheck.ts") },
  { name: "replay", summary: "play a stored counterexample again", load: () => import("./replay.ts") },
  { name: "serve", summary: "start the reference server", load: () => import("./serve.ts") },
  { name: "mutants", summary: "run the suite on broken servers", load: () => import("./mutants.ts") },
];
