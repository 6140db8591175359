import * as z from "zod";
import { plain } from "../words/text.ts";

/** The file of a counterexample: the steps, which fit any target, and the failed checks. */
export interface Replay {
  readonly schemaVersion: 1;
  /** The property's scenario. */
  readonly property: string;
  /** The origin: the run's seed, and the number of the history drawn from it before shrinking. */
  readonly seed: number;
  readonly history: number;
  /** Plain data for the property. */
  readonly plan: unknown;
  readonly failed: readonly {
    readonly requirement: string;
    readonly check: string;
    readonly expected: string;
    readonly actual: string;
  }[];
}

const replay = z.strictObject({
  schemaVersion: z.literal(1),
  property: z.string().min(1),
  seed: z.int().nonnegative(),
  history: z.int().nonnegative(),
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
    const why = error instanceof Error ? error.message : String(error);
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
