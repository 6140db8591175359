import type { ReferenceServerOptions } from "../../reference-server/options.ts";
import type { ServerComponents } from "../../reference-server/components.ts";

/** A server broken on purpose, in one way. */
export interface Mutant {
  readonly name: string;
  /** The defect, in one line. */
  readonly description: string;
  /** The requirements that it breaks. */
  readonly breaks: readonly string[];
  /** The requirements that suffer too. Those that it breaks may be among them. */
  readonly alsoBreaks: readonly string[];
  /** What it has to be started with for the defect to show. No defect itself: a original server runs with the same. */
  readonly options?: Partial<ReferenceServerOptions>;
  /** The components that differ from the original ones. Called once for each server. */
  mutate(original: ServerComponents): Partial<ServerComponents>;
}
