import { files } from "./index.generated.ts";
import type { Mutant, MutantFile } from "./support/mutant.ts";

/** Every mutant, in the order of their names. */
export const mutants: readonly Mutant[] = Object.entries<MutantFile>(files).map(([name, file]) => ({
  name,
  ...file,
}));
