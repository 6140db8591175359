import type { Parts } from "../parts.ts";

/** A server broken on purpose, in one way. */
export interface Mutant {
  readonly name: string;
  /** The defect, in one line. */
  readonly description: string;
  /** The requirements that it breaks. */
  readonly breaks: readonly string[];
  /** The requirements that suffer too. */
  readonly alsoBreaks: readonly string[];
  /** The parts that differ from the sound ones. */
  mutate(sound: Parts): Partial<Parts>;
}
