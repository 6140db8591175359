import { once } from "node:events";
import { mutants } from "../reference-server/mutants/index.ts";
import { startReferenceServer } from "../reference-server/server.ts";
import { UsageError } from "./exit.ts";

export interface ServeArguments {
  readonly port: number;
  readonly mutant?: string;
}

/** Serves until SIGTERM or Ctrl-C, or until the process that started it is gone. */
export async function serve({ port, mutant: name }: ServeArguments): Promise<void> {
  const mutant = mutants.find((candidate) => candidate.name === name);
  if (name !== undefined && mutant === undefined) {
    throw new UsageError(`there is no mutant "${name}"; there are ${mutants.map((m) => m.name).join(", ")}`);
  }
  const server = await startReferenceServer({ port }, mutant).catch((error: unknown) => {
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
