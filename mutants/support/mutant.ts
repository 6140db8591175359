import type { ServerComponents } from "../../reference-server/components.ts";
import type { ReferenceServerOptions } from "../../reference-server/options.ts";

/** Reference server with one deliberate defect. */
export interface Mutant {
  /** Name of the mutant's file, without `.ts`. */
  readonly name: string;
  /** The defect in one sentence. */
  readonly description: string;
  /** Ids of the requirements that the defect breaks. */
  readonly breaks: readonly string[];
  /** Ids of requirements that may fail as a consequence. They may include those in `breaks`. */
  readonly alsoBreaks: readonly string[];
  /** Server options without which the defect does not show. The unbroken server passes with the same options. */
  readonly options?: Partial<ReferenceServerOptions>;
  /** Returns the components to replace. Called once per server. */
  readonly mutate: (original: ServerComponents) => Partial<ServerComponents>;
}

/** Content of a mutant's file. */
export type MutantFile = Omit<Mutant, "name">;
