import * as z from "zod";
import type { DeepReadonly } from "../../harness/util/deep-readonly.ts";
import { plain } from "../words/text.ts";
import { messageOf } from "../../harness/util/words.ts";

const replay = z.strictObject({
  schemaVersion: z.literal(1),
  /** The id of the property's scenario. */
  property: z.string().min(1),
  /** The origin: the run's seed, and the number of the history drawn from it before shrinking. */
  seed: z.int().nonnegative(),
  history: z.int().nonnegative(),
  /** Plain data for the property. */
  plan: z.record(z.string(), z.unknown()),
  failed: z.array(
    z.strictObject({
      requirement: z.string(),
      check: z.string(),
      expected: z.string(),
      actual: z.string(),
    }),
  ),
});

/** The file of a counterexample: the steps, which fit any target, and the failed checks. */
export type Replay = Omit<DeepReadonly<z.infer<typeof replay>>, "plan"> & { readonly plan: unknown };

/** Returns the text of a counterexample's file. A person may read it and change the plan. */
export const writeReplay = (content: Replay): string => `${JSON.stringify(content, null, 2)}\n`;

/**
 * Reads a counterexample's file.
 * @param where names the file in messages
 * @throws Error of one line that names the wrong place in it
 */
export function readReplay(text: string, where: string): Replay {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    const why = messageOf(error);
    throw new Error(`${where} is no counterexample: ${plain(why)}`);
  }
  const parsed = replay.safeParse(content);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const what =
    first === undefined
      ? ""
      : `: ${[...first.path.map(String), first.message].map((part) => plain(part)).join(": ")}`;
  throw new Error(`${where} is no counterexample of this version${what}`);
}
