import { defaultComponents } from "../reference-server/components.ts";
import type { ReferenceServerOptions } from "../reference-server/options.ts";
import { startReferenceServer } from "../reference-server/server.ts";
import type { ReferenceServer } from "../reference-server/server.ts";
import type { MutantFile } from "./support/mutant.ts";

/** Starts the reference server with a mutant's defect. The mutant's own options take precedence over `options`. */
export function startMutant(
  mutant: MutantFile,
  options: Partial<ReferenceServerOptions> = {},
): Promise<ReferenceServer> {
  return startReferenceServer({ ...options, ...mutant.options }, mutant.mutate(defaultComponents));
}
