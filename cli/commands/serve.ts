import { once } from "node:events";
import { addExamples, type DefineCommand } from "../command.ts";
import { addServerOptions, serverOptions } from "../target/serve-options.ts";
import { mutants } from "../../mutants/index.ts";
import { startMutant } from "../../mutants/start.ts";
import type { ReferenceServerOptions } from "../../reference-server/options.ts";
import { startReferenceServer } from "../../reference-server/server.ts";
import { UsageError } from "../exit.ts";
import { messageOf } from "../../harness/util/words.ts";

interface ServeArguments {
  readonly mutant?: string;
  readonly quiet?: boolean;
}

export const define: DefineCommand = (command) => {
  command
    .description("Starts the reference server. Prints one JSON line with its address when it is ready.")
    .option("--mutant <name>", "deliberate defect to serve with")
    .option("--quiet", "no session events on standard error");
  addServerOptions(command);
  addExamples(command, {
    "hangup serve --port 8080": "serve on this port until Ctrl-C",
    "hangup serve --mutant announces-leave-twice": "serve with a defect",
  });
  command.action(async (options: ServeArguments & Record<string, unknown>) => {
    await serve(options, serverOptions(options));
  });
};

/**
 * Serves until SIGTERM or Ctrl-C, or until its parent process ends. Prints the ready line to standard output, and each
 * session event as a line of JSON to standard error.
 */
async function serve(
  { mutant: name, quiet }: ServeArguments,
  options: Partial<ReferenceServerOptions>,
): Promise<void> {
  const mutant = mutants.find((candidate) => candidate.name === name);
  if (name !== undefined && mutant === undefined) {
    throw new UsageError(
      `serve --mutant ${name}: unknown mutant. Known mutants: ${mutants.map((m) => m.name).join(", ")}`,
    );
  }
  const log: ReferenceServerOptions["log"] =
    quiet === true ? () => undefined : (record) => process.stderr.write(`${JSON.stringify(record)}\n`);
  const starting =
    mutant === undefined
      ? startReferenceServer({ ...options, log })
      : startMutant(mutant, { ...options, log });
  const server = await starting.catch((error: unknown) => {
    throw new UsageError(`The reference server did not start: ${messageOf(error)}`);
  });
  console.log(JSON.stringify({ ready: true, url: server.url }));
  await Promise.race([
    once(process, "SIGTERM"),
    once(process, "SIGINT"),
    // Emitted only if a harness forked this process.
    once(process, "disconnect"),
  ]);
  await server.stop();
}
