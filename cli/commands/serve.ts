import { once } from "node:events";
import { mutants } from "../../mutants/index.ts";
import { startMutant } from "../../mutants/start.ts";
import type { ReferenceServerOptions } from "../../reference-server/options.ts";
import { startReferenceServer } from "../../reference-server/server.ts";
import { UsageError } from "../exit.ts";

export interface ServeArguments {
  readonly mutant?: string;
  readonly quiet?: boolean;
}

/**
 * Serves until SIGTERM or Ctrl-C, or until the process that started it is gone. The ready line goes to standard output,
 * the session events, a JSON object a line, to standard error.
 */
export async function serve(
  { mutant: name, quiet }: ServeArguments,
  options: Partial<ReferenceServerOptions>,
): Promise<void> {
  const mutant = mutants.find((candidate) => candidate.name === name);
  if (name !== undefined && mutant === undefined) {
    throw new UsageError(`there is no mutant "${name}"; there are ${mutants.map((m) => m.name).join(", ")}`);
  }
  const log: ReferenceServerOptions["log"] =
    quiet === true ? () => undefined : (record) => process.stderr.write(`${JSON.stringify(record)}\n`);
  const starting =
    mutant === undefined
      ? startReferenceServer({ ...options, log })
      : startMutant(mutant, { ...options, log });
  const server = await starting.catch((error: unknown) => {
    throw new UsageError(`can't serve: ${error instanceof Error ? error.message : String(error)}`);
  });
  console.log(JSON.stringify({ ready: true, url: server.url }));
  await Promise.race([
    once(process, "SIGTERM"),
    once(process, "SIGINT"),
    // Only there when a harness started it.
    once(process, "disconnect"),
  ]);
  await server.stop();
}
