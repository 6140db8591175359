import { afterEach } from "vitest";
import type { Mutant } from "../mutants/mutant.ts";
import type { ReferenceServerOptions } from "../options.ts";
import { startReferenceServer } from "../server.ts";
import type { ReferenceServer } from "../server.ts";

const running: ReferenceServer[] = [];

/** Starts a server that is stopped after the test. Lingers shortly, so that tests end soon. */
export async function serve(options: Partial<ReferenceServerOptions> = {}, mutant?: Mutant): Promise<string> {
  const server = await startReferenceServer({ lingerMs: 100, ...options }, mutant);
  running.push(server);
  return server.url;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});
