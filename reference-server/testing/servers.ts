import { onTestFinished } from "vitest";
import type { Mutant } from "../../mutants/support/mutant.ts";
import type { ReferenceServerOptions } from "../options.ts";
import { startReferenceServer } from "../server.ts";

/** Starts a server that is stopped after the test. Lingers shortly, so that tests end soon. */
export async function serve(options: Partial<ReferenceServerOptions> = {}, mutant?: Mutant): Promise<string> {
  const server = await startReferenceServer({ lingerMs: 100, ...options }, mutant);
  onTestFinished(() => server.stop());
  return server.url;
}
